"""The PDF: typesetting, tags that Typst cannot set, the data inside."""

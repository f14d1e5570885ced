"""The tree of the brief and its writers: typography, Typst, DOCX."""

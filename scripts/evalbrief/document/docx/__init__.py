"""The Word document: styles, parts of the package, and what pandoc cannot write."""

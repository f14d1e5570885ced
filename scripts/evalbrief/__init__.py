"""The package that the entry scripts share; its folders follow the order of the work."""

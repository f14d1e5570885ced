"""The web page: one file with its style, fonts, figures and script."""

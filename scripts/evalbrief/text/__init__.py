"""Language: numbers, dates and names by locale; values with their origin; the brief's source text."""

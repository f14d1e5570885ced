"""What all tables share: cells, alignment, the tree of a table."""

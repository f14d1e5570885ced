"""Two drafts as trees: read as units of tokens, merged into one tree that shows what changed."""

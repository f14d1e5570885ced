"""Two drafts as Word documents: read, merged with tracked changes, accepted and rejected."""

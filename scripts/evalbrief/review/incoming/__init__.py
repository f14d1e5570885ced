"""Word files that reviewers sent back: their edits, comments and corrected quick facts, and where each belongs."""

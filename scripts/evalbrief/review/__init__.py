"""What changed between two drafts, and the edits of reviewers on their way back."""

"""Publish briefs unattended: sets of documents that change all at once, what is told about them, and what is known."""

"""The tree of the brief, and its writers: one folder a format."""

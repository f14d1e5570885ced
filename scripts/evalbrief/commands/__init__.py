"""What a person can ask brief.py to do, one module a command."""

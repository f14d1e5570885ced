"""Have the machine's own scheduler run `python3 brief.py refresh`, for the user's own account."""

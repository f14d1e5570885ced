"""Fetch the files of an evaluation that come from elsewhere. No build reaches these modules."""

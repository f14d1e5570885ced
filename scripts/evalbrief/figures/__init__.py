"""What all figures share: fonts, palette, saving, alternative text."""

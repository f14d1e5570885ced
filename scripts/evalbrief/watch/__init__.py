"""While somebody writes: see what changed, build it, and show it in the browser."""

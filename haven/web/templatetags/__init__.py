"""Template tags of the web surface."""

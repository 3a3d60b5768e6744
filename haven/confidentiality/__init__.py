"""Who may know: the identity shield over words that are about to leave (clause 3.3.3)."""

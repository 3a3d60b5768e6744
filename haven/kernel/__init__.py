"""The ground under every part: decisions, acts, sealing, references, words and the clock."""

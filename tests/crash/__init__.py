"""Proof by crash: whatever is killed, a reference that was ever shown exists exactly once."""

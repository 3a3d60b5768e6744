"""The policy itself: its clauses, what carries them out, the landlord's pack and its clocks. Plain Python."""

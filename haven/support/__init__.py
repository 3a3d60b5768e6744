"""The plan agreed with the person harmed, and what develops in the matter (clauses 3.3.1 and 3.4.1)."""

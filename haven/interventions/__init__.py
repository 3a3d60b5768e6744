"""What is done about the conduct of a person responsible: every step through one gate (clause 3.5.2)."""

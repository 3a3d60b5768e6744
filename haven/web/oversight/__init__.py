"""Assurance: the policy clause by clause, figures, trail."""

"""The homes: properties, tenancies, agreement versions and their clauses."""

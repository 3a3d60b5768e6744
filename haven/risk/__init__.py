"""How great the danger is to each person harmed and each household, and what makes it so (clauses 3.3.1 and 3.3.5)."""

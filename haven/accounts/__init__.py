"""Who works here: staff, roles, teams and what they may reach."""

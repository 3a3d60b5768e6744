"""What we were told: every report as told, with its receipt, additions and permissions (clause 3.2)."""

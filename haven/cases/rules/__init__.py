"""What may be done about reports and cases, by whom: pure functions, no rows and no clock."""

"""Persons, how to reach them safely, what they need, and who lives where."""

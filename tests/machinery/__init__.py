"""What the tests stand on: a throw-away PostgreSQL, databases cloned from a template, a guard on the network."""

"""What pages look like and what their scripts do, and the one command that builds both."""

"""What must be done, by when: duties worked out from facts."""

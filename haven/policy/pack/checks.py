"""What the tables of a pack must say together: what the program relies on and what one entry says of another."""

from haven.policy.pack.loading import Reading


def check_all(reading: Reading) -> None:
    """Note every fault that only shows when entries are looked at together."""

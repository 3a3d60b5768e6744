"""How the invented staff sign in; needs no database."""

PASSWORD = "believed-safe-heard"  # noqa: S105 - for the fictional landlord on this machine only, printed by `make run`


def email_of(sign_in: str) -> str:
    """Return the invented address that a member of staff signs in with."""
    return f"{sign_in}@haven.example"

"""What the desk's pages ask; every field keeps what was typed, whatever becomes of it."""

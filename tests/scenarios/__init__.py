"""The worked scenarios of DOMAIN.md 12, as tests that read like them."""

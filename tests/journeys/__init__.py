"""Whole stories as people live them, in a real browser on a real Haven with the fictional landlord."""

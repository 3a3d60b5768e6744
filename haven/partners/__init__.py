"""Agencies that Haven's landlord works with."""

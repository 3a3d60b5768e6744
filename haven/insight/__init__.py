"""Figures counted from what was recorded."""

"""Signing in and out, second factor, sessions."""

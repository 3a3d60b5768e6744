"""The matter: the landlord's work about one or more reports (clause 3.3)."""

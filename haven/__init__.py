"""Haven: carries out a social landlord's Hate Crime and Harassment Policy."""

__version__ = "0.1.0"

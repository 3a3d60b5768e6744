"""The identity shield: finds in a text what would tell the other side who told, and nothing else (DOMAIN.md 7.7).

Pure: text and facts in, findings out. It finds; a person takes the words out, or a second person clears them.
"""

from haven.confidentiality.shield.facts import Finding, Kind, Moment, Place, Protected, Somebody
from haven.confidentiality.shield.scanning import VERSION, scan

__all__ = ["VERSION", "Finding", "Kind", "Moment", "Place", "Protected", "Somebody", "scan"]

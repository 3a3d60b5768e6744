"""Words about files."""

from django.db import models


class Kind(models.TextChoices):
    """What a file is, found from its content."""

    PICTURE = "picture", "Picture"
    SOUND = "sound", "Sound recording"
    VIDEO = "video", "Video"
    DOCUMENT = "document", "Document"
    TEXT = "text", "Text"


class Scan(models.TextChoices):
    """What the malware scanner said."""

    WAITING = "waiting", "Waiting to be checked"
    CLEAN = "clean", "Checked"
    INFECTED = "infected", "Held back: the scanner found something harmful"
    UNSCANNED = "unscanned", "Not checked: no scanner is set up"

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
    IMPOSSIBLE = "impossible", "Could not be checked"


class Copying(models.TextChoices):
    """Whether there is a copy that may be shown on a page."""

    NONE = "none", "Cannot be shown on a page"
    WAITING = "waiting", "Copy not made yet"
    MADE = "made", "Copy made"
    IMPOSSIBLE = "impossible", "No copy could be made"


class Trouble(models.TextChoices):
    """What was found wrong with the stored original when it was last read."""

    MISSING = "missing", "The stored file is missing"
    CHANGED = "changed", "The stored file is not the one that was given to us"


class Size(models.TextChoices):
    """How large a copy is."""

    PAGE = "page", "To look at"
    SMALL = "small", "Thumbnail"

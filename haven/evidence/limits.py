"""How large, how many: what a file may be, and why the line is there.

The figures are the program's and not the pack's, because the server's memory follows from them.
"""

MB = 1_000_000

FILE_BYTES = 50 * MB
"""One file: about four minutes of a doorbell camera; each is held in memory while it is sealed."""

SENDING_BYTES = 150 * MB
"""All files of one press of the button; the rest can follow in another."""

SENDING_FILES = 10
"""Files in one press of the button, as the form says."""

SENDING_END_BYTES = 400 * MB
"""A body that says it is longer than this is not read to its end."""

MEMORY_BYTES = 256 * MB
"""Plain bytes that one process holds at a time, over all visitors."""

RECORD_FILES = 40
"""Files of one report, case or person: more belong in several reports."""

RECORD_BYTES = 600 * MB
"""Bytes of one report, case or person."""

PICTURE_PIXELS = 80_000_000
"""Above what telephones send; decoded it takes 320 MB of the worker's memory, and not more."""

PAGE_PIXELS = 2000
"""Longest side of the copy that is looked at."""

SMALL_PIXELS = 240
"""Longest side of a thumbnail."""

PACKED_ENTRIES = 5_000
"""Parts of one Word, Excel or OpenDocument file."""

PACKED_INDEX_BYTES = 2 * MB
"""The list of those parts, which is read before anything else."""

UNPACKED_BYTES = 400 * MB
"""What such a file may say that it becomes when it is unpacked."""

UNPACKED_TIMES = 150
"""How many times its own size it may become; honest documents stay below 30."""

NAME_LENGTH = 150
"""Characters of a file's name that are kept, its ending included."""

ORPHAN_SECONDS = 24 * 60 * 60
"""How old a stored file without a row must be before it is cleared away."""

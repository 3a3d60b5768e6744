"""How a file comes in: into memory, with bounds, and never onto a disk before it is sealed.

Django's own handlers write larger uploads to a temporary folder in plain; settings name `MemoryOnly` in their place. A
file that is refused stays in `request.FILES` as a `RefusedUpload`, so that the rest of the form is still read and the
refusal meets the person at the field that they used.
"""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from haven.evidence import limits, rules
from haven.evidence.memory import Held, NoRoom
from haven.kernel.decision import Decision


class RefusedUpload(InMemoryUploadedFile):
    """A file that was not taken in; `refusal` says why. `actions.keep` raises it."""

    def __init__(self, refusal: Decision, name: str, field_name: str | None, size: int) -> None:
        super().__init__(io.BytesIO(), field_name, name, "application/octet-stream", size, None)
        self.refusal = refusal


class MemoryOnly(FileUploadHandler):
    """Keeps files in memory up to the limits, drops the bytes beyond them, and stops reading an endless body."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.files = 0
        self.taken = 0
        self.is_endless = False
        self.refusal: Decision | None = None
        self.file: Held = Held()

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Note a body that says it is longer than anything that would be read."""
        self.is_endless = content_length > limits.SENDING_END_BYTES

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.files += 1
        self.file = Held()
        self.refusal = rules.too_many_at_once() if self.files > limits.SENDING_FILES else None
        if self.is_endless:
            setattr(self.request, "upload_refusal", rules.too_much_at_once())  # noqa: B010
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take some bytes, or drop them once the file is refused."""
        if self.refusal is None:
            self.refusal = self._bounded(len(raw_data), start)
        if self.refusal is None:
            try:
                self.file.write(raw_data)
                self.taken += len(raw_data)
            except NoRoom:
                self.refusal = rules.no_room_just_now()
        if self.refusal is not None and not self.file.closed:
            self.file.close()

    def _bounded(self, more: int, start: int) -> Decision | None:
        if start + more > limits.FILE_BYTES:
            return rules.too_large()
        if self.taken + more > limits.SENDING_BYTES:
            return rules.too_much_at_once()
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Hand over the file, or what stands for one that was refused."""
        name = self.file_name or "file"
        if self.refusal is not None:
            return RefusedUpload(self.refusal, name, self.field_name, file_size)
        self.file.seek(0)
        return InMemoryUploadedFile(self.file, self.field_name, name, self.content_type or "", file_size, self.charset)

    def upload_interrupted(self) -> None:
        """Let go of a file whose sender went away."""
        self.file.close()

"""Compiles the catalogues of translated words with Babel, each one only when it has changed."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Compile every catalogue whose compiled form is missing or older than its words."""
    for source in sorted(ROOT.glob("**/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            compile_catalogue(source, target)


def compile_catalogue(source: Path, target: Path) -> None:
    """Compile one catalogue; the result appears whole or not at all."""
    draft = target.with_suffix(".unfinished")
    with source.open("rb") as words, draft.open("wb") as compiled:
        write_mo(compiled, read_po(words, abort_invalid=True))
    draft.rename(target)


if __name__ == "__main__":
    main()

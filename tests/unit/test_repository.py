"""The rules of the repository itself: short files that say what they are, locks without addresses, equal languages."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 300
SOURCES = {".py", ".ts", ".vue", ".css", ".html", ".mjs", ".js", ".mako"}
# Written by a program from another file of ours, so their length and first line are its own matter.
GENERATED = re.compile(r"\.gen\.ts$|(^|/)golden/")
BANNED = re.compile(r"(^|/|_)(utils?|helpers?|manager|common|misc|stuff)(_|\.|/)")
LOCKS = ("requirements.lock", "package-lock.json")
# The only addresses a lock may hold: where one may give money to a package's author.
GIVING = re.compile(
    r'^\s*"(url|funding)": "https?://|^\s*"https?://(github\.com/sponsors|opencollective\.com|tidelift\.com)'
)


def _tracked() -> list[str]:
    """The files of the repository; where it is no checkout, there is nothing to hold to its rules."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout: which files are ours cannot be told")
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def _sources() -> Iterator[tuple[str, str]]:
    for name in _tracked():
        if Path(name).suffix in SOURCES and not GENERATED.search(name):
            yield name, (ROOT / name).read_text(encoding="utf-8")


def test_no_source_file_is_longer_than_three_hundred_lines() -> None:
    long = [f"{name}: {text.count(chr(10))}" for name, text in _sources() if text.count("\n") > LONGEST]
    assert long == []


def test_every_source_file_says_first_what_lives_there() -> None:
    opening = ('"""', 'r"""', "/**", "/*", "//", "<!--", "#")
    silent = [
        name
        for name, text in _sources()
        # A page may say it after its doctype, which browsers want first, or by its title.
        if text.strip()
        and not text.startswith(opening)
        and not re.match(r"(?i)<!doctype html>\s*(<!--|.*<title>)", text, re.DOTALL)
    ]
    assert silent == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [name for name in _tracked() if BANNED.search(name)] == []


def test_built_files_are_not_committed() -> None:
    built = re.compile(r"(^|/)(web_dist|node_modules|\.venv|__pycache__|dist)/|\.(pyc|sqlite3|db)$")
    assert [name for name in _tracked() if built.search(name)] == []


@pytest.mark.parametrize("name", LOCKS)
def test_lock_files_hold_no_address(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "://" in line and not GIVING.search(line)] == []
    assert [line for line in lines if '"resolved"' in line or "index-url" in line] == []


def test_every_locked_package_has_a_hash() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = re.findall(r"^([a-z0-9][\w.-]*)==\S+.*?(?=^[a-z0-9]|\Z)", text, flags=re.MULTILINE | re.DOTALL)
    bare = [block for block in re.split(r"\n(?=[a-z0-9])", text) if "==" in block and "--hash=sha256:" not in block]
    assert packages
    assert bare == []


def test_the_changelog_has_room_for_the_next_change() -> None:
    assert re.search(r"^## Unreleased$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)


def _keys(value: object, path: str = "") -> set[str]:
    """Every path to a text in a language file."""
    if isinstance(value, dict):
        return set().union(*(_keys(below, f"{path}.{key}") for key, below in value.items()), set())
    if isinstance(value, list):
        return set().union(*(_keys(below, f"{path}.{place}") for place, below in enumerate(value)), set())
    return {path}


def _language_folders() -> list[str]:
    return sorted({str(Path(name).parent) for name in _tracked() if re.search(r"(^|/)languages/[^/]+\.json$", name)})


def test_every_language_has_the_same_texts() -> None:
    for folder in _language_folders():
        texts = {
            path.stem: _keys(json.loads(path.read_text(encoding="utf-8"))) for path in (ROOT / folder).glob("*.json")
        }
        assert set(texts) == {"zh-Hans", "zh-Hant", "en"}, folder
        for language, keys in texts.items():
            assert keys == texts["zh-Hans"], f"{folder}/{language}.json: {sorted(keys ^ texts['zh-Hans'])}"

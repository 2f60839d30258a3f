"""The slip's texts in the three languages."""

import json
from functools import cache
from pathlib import Path

LANGUAGES = ("zh-Hans", "zh-Hant", "en")


@cache
def words(language: str) -> dict[str, str]:
    """The texts of one language by key."""
    path = Path(__file__).parent / "languages" / f"{language}.json"
    texts: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return texts

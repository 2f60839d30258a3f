"""One text in the three languages every hall must have."""

from collections.abc import Mapping
from types import MappingProxyType

from queue_server.core.errors import BadValue

LANGUAGES = ("zh-Hans", "zh-Hant", "en")

Names = Mapping[str, str]


def names(zh_hans: str, zh_hant: str, en: str) -> Names:
    """A text from its three forms."""
    return MappingProxyType({"zh-Hans": zh_hans, "zh-Hant": zh_hant, "en": en})


def check_names(where: str, given: Names) -> None:
    """Raise `BadValue` where a language is missing."""
    for language in LANGUAGES:
        if not given.get(language, "").strip():
            raise BadValue(where, f"no text in {language}")

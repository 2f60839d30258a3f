"""What is wrong with a field: from the validator's own words to a stable reason, its facts and our sentence."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from queue_server.core.errors import Fact

_FOLDER = Path(__file__).parent / "languages"
_FIELD_STEP = 40
# What is said of an error that stands in none of the tables below.
OTHER = "not-valid"

# The validator's type of error, our reason, and which of its figures is the limit.
REASONS: Mapping[str, tuple[str, str | None]] = {
    "missing": ("missing", None),
    "extra_forbidden": ("unknown-field", None),
    "string_type": ("not-text", None),
    "string_unicode": ("wrong-form", None),
    "string_pattern_mismatch": ("wrong-form", None),
    "string_too_short": ("too-short", "min_length"),
    "string_too_long": ("too-long", "max_length"),
    "too_short": ("too-few", "min_length"),
    "too_long": ("too-many", "max_length"),
    "int_type": ("not-a-whole-number", None),
    "int_parsing": ("not-a-whole-number", None),
    "int_parsing_size": ("not-a-whole-number", None),
    "int_from_float": ("not-a-whole-number", None),
    "greater_than_equal": ("too-small", "ge"),
    "less_than_equal": ("too-big", "le"),
    "greater_than": ("not-above", "gt"),
    "less_than": ("not-below", "lt"),
    "bool_type": ("not-true-or-false", None),
    "bool_parsing": ("not-true-or-false", None),
    "list_type": ("not-a-list", None),
    "dict_type": ("not-an-object", None),
    "model_type": ("not-an-object", None),
    "model_attributes_type": ("not-an-object", None),
    "literal_error": ("not-one-of", None),
    "enum": ("not-one-of", None),
    "not_together": ("not-together", None),
}
# What only a file with lines and cells can have wrong.
OF_A_FILE = frozenset(
    {
        "not-in-charset",
        "wrong-quotes",
        "named-twice",
        "no-lines",
        "too-many-lines",
        "not-a-time",
        "no-such-time",
        "time-shown-twice",
    }
)


def wrong_field(invalid: ValidationError) -> dict[str, Fact]:
    """The facts of the first field that is wrong: `field`, `reason`, and `limit` or `allowed` where there is one."""
    return wrong_fields(invalid)[0]


def wrong_fields(invalid: ValidationError) -> list[dict[str, Fact]]:
    """The facts of every field that is wrong, in their order."""
    return [_facts(error) for error in invalid.errors(include_url=False, include_input=False)]


def _facts(error: ErrorDetails) -> dict[str, Fact]:
    field = ".".join(str(step)[:_FIELD_STEP] for step in error["loc"]) or "body"
    reason, limit = REASONS.get(error["type"], (OTHER, None))
    facts: dict[str, Fact] = {"field": field, "reason": reason}
    said = error.get("ctx", {})
    if limit is not None:
        facts["limit"] = said[limit]
    if reason == "not-one-of":
        # The validator names the values only inside its sentence: 'a', 'b' or 'c'.
        facts["allowed"] = tuple(re.findall(r"'([^']*)'", said["expected"]))
    return facts


def sentence(facts: Mapping[str, Any], reader: str) -> str:
    """The facts in the reader's language, as a clause that stands inside the problem's sentence."""
    allowed = (", " if reader == "en" else "、").join(facts.get("allowed", ()))
    return _sentences(reader)[facts["reason"]].format(limit=facts.get("limit", ""), allowed=allowed)


@cache
def _sentences(reader: str) -> dict[str, str]:
    loaded: dict[str, str] = json.loads((_FOLDER / f"{reader}.json").read_text(encoding="utf-8"))
    return loaded

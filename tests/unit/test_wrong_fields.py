"""Whatever may be wrong with a field of a message is said in the reader's language, never in the validator's words."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel, ValidationError

from queue_server import protocol
from queue_server.api import problems
from queue_server.api.operation import validate
from queue_server.api.wrong_field import OF_A_FILE, OTHER, REASONS, sentence, wrong_field
from queue_server.core.errors import Refusal
from queue_server.core.words import LANGUAGES
from queue_server.sockets import JoinMessage
from tools.tables import REASONS as ENGLISH

# What is checked by us: everything that does not only go out.
COME_IN = [
    model
    for model in [*vars(protocol).values(), JoinMessage]
    if isinstance(model, type)
    and issubclass(model, BaseModel)
    and not issubclass(model, protocol.Outgoing)
    and model not in (BaseModel, protocol.Incoming, protocol.Problem)
]
FIELDS = [pytest.param(model, name, id=f"{model.__name__}.{name}") for model in COME_IN for name in model.model_fields]
LONGER = 1_001
# One value for each way to be wrong; which of them are wrong for a field, the model says.
TRIED: list[Any] = [None, True, 7, 1.5, -1, 10**9, 10**5000, "", "x", "\x00", "\ud800", "1.5", "9" * 5000, "x" * LONGER]
TRIED += [{}, {"a": 1}, [], [7], [""], ["x" * LONGER], ["a"] * LONGER, object()]
# The constraint of a field, and the reason that a value must have been refused for.
CONSTRAINTS = {"ge": "too-small", "le": "too-big", "gt": "not-above", "lt": "not-below", "pattern": "wrong-form"}
LENGTHS = {
    str: {"min_length": "too-short", "max_length": "too-long"},
    list: {"min_length": "too-few", "max_length": "too-many"},
}


def invalid(model: type[BaseModel], said: object) -> ValidationError:
    with pytest.raises(ValidationError) as refused:
        model.model_validate(said)
    return refused.value


def wrong(model: type[BaseModel], name: str) -> list[ValidationError]:
    """What the model has against the values tried for one of its fields."""
    found = []
    for value in TRIED:
        try:
            model.__pydantic_validator__.validate_assignment(model.model_construct(), name, value)
        except ValidationError as refused:
            found.append(refused)
    assert found, "some value must be wrong"
    return found


def every_error() -> Iterator[ValidationError]:
    for model in COME_IN:
        for name in model.model_fields:
            yield from wrong(model, name)
        yield invalid(model, {"colour": 1, **dict.fromkeys(model.model_fields, None)})
        yield invalid(model, 7)
    yield invalid(protocol.TakeBody, {})
    yield invalid(protocol.Empty, {"colour": 1})


def told(annotation: Any, metadata: list[Any]) -> set[str]:
    """The reasons that the constraints of a field are there for, also those of a list's elements."""
    kind = get_origin(annotation) or annotation
    reasons = {"not-one-of"} if kind is Literal else set()
    for each in metadata:
        for name in ("min_length", "max_length", *CONSTRAINTS):
            if getattr(each, name, None) is not None:
                length = LENGTHS.get(kind if kind in LENGTHS else str, {})
                reasons.add({**CONSTRAINTS, **length}[name])
    for inner in get_args(annotation) if kind is not Literal else ():
        reasons |= told(*_bare(inner))
    return reasons


def _bare(annotation: Any) -> tuple[Any, list[Any]]:
    return getattr(annotation, "__origin__", annotation), list(getattr(annotation, "__metadata__", ()))


@pytest.mark.parametrize(("model", "name"), FIELDS)
def test_every_constraint_of_a_field_is_refused_with_its_own_reason(model: type[BaseModel], name: str) -> None:
    field = model.model_fields[name]
    given = {wrong_field(each)["reason"] for each in wrong(model, name)}
    assert told(field.annotation, field.metadata) <= given
    assert OTHER not in given


@pytest.mark.parametrize("reader", LANGUAGES)
def test_every_error_that_a_message_can_have_is_said_in_the_readers_language(reader: str) -> None:
    reasons = set()
    for error in every_error():
        facts = wrong_field(error)
        reasons.add(facts["reason"])
        assert facts["reason"] != OTHER, error
        for code in ("invalid-body", "invalid-query"):
            speaks(problems.document(code, facts, reader), reader)
    assert reasons >= {
        *("missing", "unknown-field", "not-text", "not-a-list", "not-a-whole-number", "not-an-object", "not-one-of"),
        *("too-short", "too-long", "too-many", "too-small", "too-big", "wrong-form"),
    }


def speaks(problem: dict[str, Any], reader: str) -> None:
    """The sentence names the field and its figures, and has no other language's words beside them."""
    detail, what = problem["detail"], problem["what"]
    assert problem["field"] in detail
    assert what in detail
    assert str(problem.get("limit", "")) in what
    assert all(value in what for value in problem.get("allowed", ()))
    assert not re.search(r"[{}]", detail.replace(problem["field"], ""))
    said = detail.replace(problem["field"], "", 1)
    # The longest first: one value may be the end of another.
    for value in sorted(problem.get("allowed", ()), key=len, reverse=True):
        said = said.replace(value, "")
    assert bool(re.search("[A-Za-z]", said)) == (reader == "en"), detail
    assert bool(re.search("[\u4e00-\u9fff]", said)) == (reader != "en"), detail


@pytest.mark.parametrize("reader", LANGUAGES)
def test_an_error_that_nobody_foresaw_is_said_in_general(reader: str) -> None:
    class Dated(BaseModel):
        day: dt.date

    facts = wrong_field(invalid(Dated, {"day": "no day"}))
    assert facts == {"field": "day", "reason": OTHER}
    speaks(problems.document("invalid-body", facts, reader), reader)


def test_the_facts_are_there_for_programs() -> None:
    with pytest.raises(Refusal) as refused:
        validate(protocol.TakeBody, {"business": "A", "language": "fr"}, "invalid-body")
    allowed = ("zh-Hans", "zh-Hant", "en")
    assert refused.value.facts == {"field": "language", "reason": "not-one-of", "allowed": allowed}
    with pytest.raises(Refusal) as refused:
        validate(protocol.TakeBody, {"business": "x" * 33}, "invalid-body")
    assert refused.value.facts == {"field": "business", "reason": "too-long", "limit": 32}
    with pytest.raises(Refusal) as refused:
        validate(protocol.TakeBody, {"business": "A", "priority": ["elderly", ""]}, "invalid-body")
    assert refused.value.facts == {"field": "priority.1", "reason": "too-short", "limit": 1}


def test_every_reason_has_a_clause_and_no_clause_is_left_over() -> None:
    reasons = {reason for reason, _ in REASONS.values()} | {OTHER} | OF_A_FILE
    for reader in LANGUAGES:
        clauses = json.loads((ENGLISH.parent / f"{reader}.json").read_text(encoding="utf-8"))
        assert set(clauses) == reasons
        assert len(set(clauses.values())) == len(clauses)
        for reason, limit in REASONS.values():
            assert ("{limit}" in clauses[reason]) == (limit is not None), reason
            assert ("{allowed}" in clauses[reason]) == (reason == "not-one-of")
    assert sentence({"reason": "not-one-of", "allowed": ("a", "b")}, "zh-Hant") == "只能是 a、b 之一"
    assert sentence({"reason": "too-big", "limit": 1000}, "en") == "it must not be more than 1000"

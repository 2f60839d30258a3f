"""Which of several accepted items a case is about that was about nothing before."""

from dataclasses import replace

import pytest

from queue_server.core import case as cases
from queue_server.core.errors import Refusal
from tests.unit.core.test_case import ITEM, OPEN


def test_a_case_about_nothing_yet_is_about_what_promises_days_else_about_the_first() -> None:
    vague = replace(OPEN, item=None)
    copy, card = (replace(ITEM, code=code, promise_days=None) for code in ("copy", "card"))
    assert cases.accepted_item(vague, "A", [(copy, "accepted"), (card, "accepted")]) == copy
    assert cases.accepted_item(vague, "A", [(copy, "accepted"), (ITEM, "accepted")]) == ITEM
    with pytest.raises(Refusal) as refused:
        cases.accepted_item(vague, "A", [(replace(ITEM, code="renew"), "accepted"), (ITEM, "accepted")])
    assert (refused.value.code, refused.value.facts) == ("one-case", {"item": ITEM.code})

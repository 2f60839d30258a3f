"""Who shows no token may not ask without end; who shows one is not held up by those who do not."""

from tests.running.client import HALL, refused
from tests.running.hall import Hall


def test_posts_without_a_token_are_counted_by_address(hall: Hall) -> None:
    answers = [hall.nobody.tell(f"{HALL}/tickets", {"business": "A"}).status_code for _ in range(130)]
    # Sixty a minute; the minute may turn once on the way.
    assert 60 <= answers.count(401) <= 120
    assert answers.count(429) == len(answers) - answers.count(401)
    assert hall.kiosk.take("A")["number"] == "A001"


def test_an_unknown_hall_is_told_before_who_is_asking(hall: Hall) -> None:
    refused(hall.nobody.tell("/api/v1/halls/none/tickets", {"business": "A"}), 404, "unknown-hall")

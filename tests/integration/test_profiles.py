"""What a clerk is able to do: the profile in the hall's file narrows the window while that clerk sits there."""

from collections.abc import Callable
from pathlib import Path

import yaml

from queue_server import hall_file
from tests.running.client import refused
from tests.running.database import Database
from tests.running.hall import Hall

PROFILES = {"codes-only": {"G": 0, "Z": "5 min"}}


def with_profiles(folder: Path) -> Path:
    """The default hall, where some clerks can only do codes and pick-up."""
    said = yaml.safe_load(hall_file.DEFAULT.read_text(encoding="utf-8"))
    file = folder / "hall.yaml"
    file.write_text(yaml.safe_dump({**said, "profiles": PROFILES}, allow_unicode=True), encoding="utf-8")
    return file


def test_a_clerk_calls_only_what_the_profile_allows(
    database: Database, start: Callable[..., Hall], tmp_path: Path
) -> None:
    hall = start(database, file=with_profiles(tmp_path))
    person = hall.person("chen")
    said = hall.command("staff", "profile", "--name", "chen", "--profile", "codes-only")
    assert (said.exit_code, said.output) == (0, "")
    hall.kiosk.take("A")
    code = hall.kiosk.take("G")
    assert person.done(1, "sign-in")["state"] == "open"
    assert person.done(1, "next")["id"] == code["id"]
    assert person.done(1, "finish", outcome="completed")["state"] == "finished"
    # The metrology visitor is left for a window whose clerk can do it.
    assert person.act(1, "next").status_code == 204
    assert hall.clerk.done(2, "next")["business"] == "A"


def test_a_pick_up_comes_after_a_code_that_came_less_than_its_reluctance_later(
    database: Database, start: Callable[..., Hall], tmp_path: Path
) -> None:
    hall = start(database, file=with_profiles(tmp_path))
    person = hall.person("chen")
    assert hall.command("staff", "profile", "--name", "chen", "--profile", "codes-only").exit_code == 0
    hall.kiosk.take("Z")
    code = hall.kiosk.take("G")
    person.done(1, "sign-in")
    called = person.done(1, "next")
    assert (called["id"], called["why"]["cause"]) == (code["id"], "main-work")


def test_a_profile_the_hall_does_not_have_is_refused_by_name(hall: Hall) -> None:
    hall.person("chen")
    said = hall.command("staff", "profile", "--name", "chen", "--profile", "magic")
    assert (said.exit_code, said.output.strip()) == (1, "Error: The hall has no skill profile magic; it has none.")
    said = hall.command("staff", "profile", "--name", "nobody", "--profile", "magic")
    assert (said.exit_code, said.output.strip()) == (1, "Error: There is nobody called nobody.")


def test_without_a_profile_a_clerk_does_all_that_the_window_does(hall: Hall) -> None:
    person = hall.person("chen")
    assert hall.command("staff", "profile", "--name", "chen").exit_code == 0
    ticket = hall.kiosk.take("A")
    person.done(1, "sign-in")
    assert person.done(1, "next")["id"] == ticket["id"]


def test_nobody_is_sent_to_a_clerk_whose_profile_never_serves_the_business(
    database: Database, start: Callable[..., Hall], tmp_path: Path
) -> None:
    hall = start(database, file=with_profiles(tmp_path))
    hall.person("chen0105")
    assert hall.command("staff", "profile", "--name", "chen0105", "--profile", "codes-only").exit_code == 0
    hall.kiosk.take("A")
    hall.clerk.done(1, "next")
    to_chen = {"note": "陈静熟悉此件", "to_clerk": "0105"}
    assert refused(hall.clerk.act(1, "transfer", business="A", **to_chen), 409, "clerk-not-there")["business"] == "A"
    assert hall.clerk.done(1, "transfer", business="G", **to_chen)["tie"] is not None


def test_nobody_is_sent_to_a_clerk_who_sits_where_the_business_is_never_served(
    database: Database, start: Callable[..., Hall], tmp_path: Path
) -> None:
    said = yaml.safe_load(hall_file.DEFAULT.read_text(encoding="utf-8"))
    without_a = [{**w, "serves": {"G": 0, "Z": 0}} if w["window"] == 2 else w for w in said["windows"]]
    file = tmp_path / "hall.yaml"
    file.write_text(yaml.safe_dump({**said, "windows": without_a}, allow_unicode=True), encoding="utf-8")
    hall = start(database, file=file)
    chen = hall.person("chen0105")
    hall.kiosk.take("A")
    hall.clerk.done(1, "next")
    to_chen = {"business": "A", "note": "陈静熟悉此件", "to_clerk": "0105"}
    chen.done(2, "sign-in")
    assert refused(hall.clerk.act(1, "transfer", **to_chen), 409, "clerk-not-there")["business"] == "A"
    chen.done(2, "sign-out")
    assert hall.clerk.done(1, "transfer", **to_chen)["tie"] is not None, "the next window may be another"


def test_who_belongs_to_a_clerk_is_anybodys_in_a_business_that_the_profile_never_serves(
    database: Database, start: Callable[..., Hall], tmp_path: Path
) -> None:
    hall = start(database, file=with_profiles(tmp_path))
    chen = hall.person("chen0105")
    assert hall.command("staff", "profile", "--name", "chen0105", "--profile", "codes-only").exit_code == 0
    chen.done(2, "sign-in")
    ticket = hall.kiosk.take("A")["id"]
    hall.clerk.done(1, "next")
    tie = hall.clerk.done(1, "transfer", business="G", note="陈静熟悉此件", to_clerk="0105")["tie"]
    assert tie is not None
    assert hall.clerk.done(1, "move", ticket=ticket, business="Z")["tie"] == tie
    assert hall.clerk.done(1, "move", ticket=ticket, business="A")["tie"] is None

"""Staff sign in from our own page, and one clerk sits at one window."""

from typing import Any

from tests.running.client import API, HALL, refused
from tests.running.hall import Hall
from tests.running.staff import PASSWORD


def test_a_person_signs_in_and_out(hall: Hall):
    person = hall.person("chen")
    session = person.ask(f"{API}/session").json()
    assert session["user"] == {"name": "chen", "display_name": "chen 静", "number": "chen", "role": "clerk"}
    assert (session["hall"], session["window"]) == ("main", None)
    assert session["csrf"] == person.headers["X-CSRF-Token"]
    assert hall.nobody.ask(f"{API}/session").json() == {"user": None}
    assert person.ask(f"{HALL}/windows/1").status_code == 200
    refused(person.ask(f"{HALL}/journal"), 403, "wrong-role")
    assert person.tell(f"{API}/session/end").json() == {"user": None}
    refused(person.ask(f"{HALL}/windows/1"), 401, "token-missing")


def test_the_cookie_is_kept_from_scripts_and_other_sites(hall: Hall):
    hall.person("chen")
    guest = hall.client()
    cookie = guest.sign_in("chen", PASSWORD).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Max-Age" in cookie or "Expires" in cookie


def test_wrong_password_and_unknown_name_look_the_same(hall: Hall):
    hall.person("chen")
    wrong = refused(hall.client().sign_in("chen", "not the password"), 403, "sign-in-failed")
    unknown = refused(hall.client().sign_in("nobody", PASSWORD), 403, "sign-in-failed")
    assert wrong == unknown


def test_a_person_acts_only_from_our_own_page(hall: Hall):
    person = hall.person("chen")
    ours, csrf = str(person.headers.pop("Origin")), str(person.headers.pop("X-CSRF-Token"))
    path = f"{HALL}/windows/1/sign-in"
    refused(person.tell(path, X_CSRF_Token=csrf), 403, "origin-refused")
    refused(person.tell(path, X_CSRF_Token=csrf, Origin="https://elsewhere.example"), 403, "origin-refused")
    refused(person.tell(path, X_CSRF_Token=csrf, Origin="null"), 403, "origin-refused")
    refused(person.tell(path, Origin=ours), 403, "csrf-missing")
    refused(person.tell(path, X_CSRF_Token="guessed", Origin=ours), 403, "csrf-missing")
    assert person.tell(path, X_CSRF_Token=csrf, Origin=ours).status_code == 200


def test_nobody_signs_in_from_a_foreign_page(hall: Hall):
    hall.person("chen")
    body = {"name": "chen", "password": PASSWORD}
    refused(hall.nobody.tell(f"{API}/session", body, Origin="https://elsewhere.example"), 403, "origin-refused")
    refused(
        hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"}, Origin="https://elsewhere.example"), 403, "origin-refused"
    )


def test_a_forged_session_is_nobody(hall: Hall):
    person = hall.person("chen")
    (cookie,) = person.cookies
    forged = hall.client()
    forged.cookies.set(cookie.name, str(cookie.value)[:-4] + "AAAA", domain="127.0.0.1")
    refused(forged.ask(f"{HALL}/windows/1"), 401, "token-missing")
    assert forged.ask(f"{API}/session").json() == {"user": None}


def test_two_people_never_at_one_window_and_one_person_never_at_two(hall: Hall):
    chen, wang = hall.person("chen"), hall.person("wang")
    seated = chen.done(5, "sign-in")
    assert seated == {
        "window": 5,
        "state": "open",
        "paused": None,
        "help": False,
        "clerk": {"name": "chen 静", "number": "chen"},
    }
    assert refused(wang.act(5, "sign-in"), 409, "window-taken")["window"] == 5
    assert refused(chen.act(6, "sign-in"), 409, "clerk-elsewhere")["window"] == 5
    assert chen.done(5, "sign-in") == seated, "signing in again where one sits is no mistake"
    assert wang.done(6, "sign-in")["window"] == 6
    assert chen.ask(f"{API}/session").json()["window"] == 5
    assert hall.clerk.view(5)["clerk"] == {"name": "chen 静", "number": "chen"}


def test_a_person_acts_only_where_they_sit(hall: Hall):
    chen, wang = hall.person("chen"), hall.person("wang")
    hall.kiosk.take("A")
    refused(chen.act(5, "next"), 403, "not-your-window")
    chen.done(5, "sign-in")
    called = chen.done(5, "next")
    for act, body in _acts():
        refused(wang.act(5, act, **body), 403, "not-your-window")
    refused(chen.act(5, "sign-out"), 409, "window-busy")
    assert hall.clerk.done(5, "recall")["id"] == called["id"], "a program may act at any window"
    chen.done(5, "finish", outcome="accepted")
    refused(wang.act(5, "sign-out"), 403, "not-your-window")
    assert chen.done(5, "sign-out")["clerk"] is None
    refused(chen.act(5, "next"), 403, "not-your-window")
    wang.done(5, "sign-in")


def test_who_sat_where_is_journalled(hall: Hall):
    chen = hall.person("chen", "manager")
    chen.done(7, "sign-in")
    chen.done(7, "sign-out")
    acts = [act for (act,) in hall.database.sql('SELECT act FROM journal WHERE "window" = 7 ORDER BY entry_no')]
    assert acts == ["window-opened", "clerk-signed-in", "clerk-signed-out"]
    assert hall.command("journal", "verify").exit_code == 0


def test_a_display_page_reads_the_board_and_nothing_else(hall: Hall):
    page = hall.nobody.ask("/display/main")
    assert page.status_code == 200, "the pages are built by `make test`"
    display = hall.client(_token_in(page.text))
    assert display.ask(f"{HALL}/board").status_code == 200
    assert display.ask(HALL).status_code == 200
    for path in ("/tickets", "/windows/1", "/journal"):
        refused(display.ask(f"{HALL}{path}"), 403, "wrong-role")
    refused(display.tell(f"{HALL}/tickets", {"business": "A"}), 403, "wrong-role")
    refused(display.act(1, "next"), 403, "wrong-role")
    forged = hall.client(_token_in(page.text)[:-2] + "xx")
    refused(forged.ask(f"{HALL}/board"), 401, "token-missing")
    assert hall.nobody.ask("/display/none").status_code == 404


def _token_in(html: str) -> str:
    mark = '"token": "'
    start = html.index(mark) + len(mark)
    return html[start : html.index('"', start)]


def _acts() -> list[tuple[str, dict[str, Any]]]:
    outcome = {"outcome": "accepted"}
    return [("next", {}), ("recall", {}), ("start", {}), ("missed", {}), ("finish", outcome), ("finish-next", outcome)]


def test_signing_out_ends_the_session_wherever_its_cookie_is_kept(hall: Hall):
    person = hall.person("chen")
    person.done(1, "sign-in")
    copy = hall.client()
    copy.cookies.update(person.cookies)
    copy.headers.update(person.headers)
    beside = hall.socket(client=person)
    assert beside.join()["hall"] == "main"
    person.tell(f"{API}/session/end")
    refused(copy.ask(f"{HALL}/windows/1"), 401, "token-missing")
    refused(copy.act(1, "next"), 401, "token-missing")
    beside.gone()


def test_a_manager_frees_a_window_that_somebody_left_behind(hall: Hall):
    left, colleague, manager = hall.person("chen"), hall.person("wang"), hall.person("lin", role="manager")
    left.done(4, "sign-in")
    refused(colleague.act(4, "sign-out"), 403, "not-your-window")
    assert manager.done(4, "sign-out")["clerk"] is None
    assert colleague.done(4, "sign-in")["clerk"]["name"] == "wang 静"

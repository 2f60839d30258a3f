"""The command line beside the server, and the server as it is really started and refused."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner

from queue_server.cli import main
from queue_server.core.errors import Refusal
from queue_server.storage import credentials
from tests.running.client import HALL, Client, refused
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall
from tests.running.staff import PASSWORD, Person

STARTS_S = 60
TRUSTED_S = 5


@contextmanager
def served(*words: str) -> "Iterator[tuple[subprocess.Popen[str], str]]":
    """`onedoor serve …` as a person starts it: the process, and the address it tells."""
    command = [sys.executable, "-m", "queue_server.cli", "serve", *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    with process:
        first = process.stdout.readline()
        yield process, first.removeprefix("display").strip().removesuffix("/display/main")
        if process.poll() is None:
            process.kill()


def refused_start(*words: str) -> str:
    """What `onedoor serve` says when it does not start."""
    command = [sys.executable, "-m", "queue_server.cli", "serve", *words]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=STARTS_S, check=False)
    assert ended.returncode == 1, ended
    assert "Traceback" not in ended.stderr
    return ended.stderr


def test_serve_on_an_empty_database_opens_the_default_hall(database: Database):
    made = CliRunner().invoke(main, ["token", "create", "--role", "clerk", "--database", database.url])
    assert made.exit_code == 0, made.output
    assert len(made.output.split()) == 1, "the token stands alone"
    phones = "https://hall.example.gov"
    with served("--database", database.url, "--port", "0", "--public-url", phones) as (process, base):
        clerk = Client(base, made.output.strip())
        assert clerk.ask(HALL).json()["public_url"] == phones
        windows = clerk.board()["windows"]
        assert [(w["window"], w["state"]) for w in windows] == [(n, "free") for n in range(1, 13)]
        assert clerk.take("Z")["number"] == "Z001"
        later = CliRunner().invoke(main, ["token", "create", "--role", "manager", "--database", database.url])
        manager = Client(base, later.output.strip())
        assert len(manager.every()) == 1, "a token made beside the running server is valid at once"
        clerk.close()
        manager.close()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def test_another_hall_file_is_another_hall(sqlite_database: Database, tmp_path: Path):
    default = Path(__file__).parents[2] / "queue_server" / "halls" / "default.yaml"
    own = tmp_path / "own.yaml"
    own.write_text(default.read_text(encoding="utf-8").replace("hall: main", "hall: north"), encoding="utf-8")
    with served("--database", sqlite_database.url, "--port", "0", "--hall", str(own)) as (_, first):
        base = first.removesuffix("/display/north")
        assert requests.get(f"{base}/healthz", timeout=10).json() == {"status": "ok", "halls": ["north"]}
    own.write_text("hall: [", encoding="utf-8")
    assert "own.yaml" in refused_start("--database", sqlite_database.url, "--port", "0", "--hall", str(own))
    own.write_text("hall: north\nwindows: []\n", encoding="utf-8")
    assert "names" in refused_start("--database", sqlite_database.url, "--port", "0", "--hall", str(own))


def test_a_second_server_on_a_sqlite_file_is_refused(start: Start, sqlite_database: Database):
    hall = start(sqlite_database)
    said = refused_start("--database", hall.database.url, "--port", "0")
    assert "already runs" in said
    assert hall.kiosk.take("A")["number"] == "A001"
    hall.server.kill()
    with served("--database", hall.database.url, "--port", "0") as (_, base):
        assert requests.get(f"{base}/healthz", timeout=10).ok, "a killed server leaves no lock behind"


def test_a_server_that_cannot_start_says_why(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = refused_start("--database", f"sqlite:///{tmp_path / 'hall.db'}", "--port", port)
    assert f"Cannot listen on 127.0.0.1:{port}" in said
    (tmp_path / "notes.txt").write_text("this is not a database, whatever its name says " * 40, encoding="utf-8")
    assert "not a database" in refused_start("--database", f"sqlite:///{tmp_path / 'notes.txt'}", "--port", "0")
    assert "cannot be used" in refused_start("--database", "postgresql://nobody@127.0.0.1:1/none", "--port", "0")


def test_commands_speak_in_sentences(tmp_path: Path):
    nowhere = f"sqlite:///{tmp_path / 'none.db'}"
    for words in (
        ["journal", "verify", "--database", nowhere],
        ["journal", "verify", "--database", "somewhere"],
        ["token", "create", "--role", "kiosk", "--database", "sqlite://"],
        ["token", "create", "--role", "king", "--database", nowhere],
    ):
        ended = CliRunner().invoke(main, words)
        assert ended.exit_code != 0
        assert isinstance(ended.exception, SystemExit), ended.exception
        assert "Error" in ended.output
    assert not (tmp_path / "none.db").exists()


def test_staff_are_added_beside_the_server(hall: Hall):
    words = ["staff", "add", "--name", "lin", "--role", "manager", "--display-name", "林芳", "--number", "0001"]
    made = hall.command(*words)
    assert made.exit_code == 0, made.output
    person = hall.client()
    assert person.sign_in("lin", made.output.strip()).json()["user"]["display_name"] == "林芳"
    assert "already" in hall.command(*words).output
    given = [*words[:3], "wang", *words[4:], "--password-stdin", "--database", hall.database.url]
    assert CliRunner().invoke(main, given, input="12345678 words\n").exit_code == 0
    assert hall.client().sign_in("wang", "12345678 words").ok
    short = CliRunner().invoke(main, [*given[:3], "zhao", *given[4:]], input="1234567\n")
    assert "at least 8" in short.output
    assert short.exit_code == 1


def test_a_new_password_ends_what_was_signed_in_with_the_old_one(hall: Hall):
    chen, wang = hall.person("chen"), hall.person("wang")
    made = hall.command("staff", "password", "--name", "chen")
    assert made.exit_code == 0, made.output
    assert len(made.output.split()) == 1, "the password stands alone"
    end = time.monotonic() + TRUSTED_S + 5
    while chen.ask(f"{HALL}/windows/1").ok:
        assert time.monotonic() < end, "the server still trusts a session of the old password"
        time.sleep(0.1)
    refused(chen.ask(f"{HALL}/windows/1"), 401, "token-missing")
    refused(hall.client().sign_in("chen", PASSWORD), 403, "sign-in-failed")
    assert hall.client().sign_in("chen", made.output.strip()).ok
    assert wang.ask(f"{HALL}/windows/1").ok, "nobody else is signed out"
    words = ["staff", "password", "--name", "chen", "--password-stdin", "--database", hall.database.url]
    given = CliRunner().invoke(main, words, input="another long word\n")
    assert (given.exit_code, given.output) == (0, "")
    assert hall.client().sign_in("chen", "another long word").ok
    assert "at least 8" in CliRunner().invoke(main, words, input="short\n").output
    nobody = hall.command("staff", "password", "--name", "zhao")
    assert (nobody.exit_code, nobody.output.strip()) == (1, "Error: There is nobody called zhao.")


def test_nobody_signs_in_with_a_password_that_was_changed_meanwhile(hall: Hall):
    hall.add(Person("chen", "clerk", "陈静", "0105"))
    with hall.database.engine().begin() as db:
        checked = credentials.person_by_name(db, "chen")
        assert checked is not None
        credentials.set_password(db, "chen", "the hash of another")
        with pytest.raises(Refusal, match="sign-in-failed"):
            credentials.open_session(db, checked, 0)
    assert hall.database.sql("SELECT * FROM sessions") == []


@pytest.mark.parametrize("words", [("serve", "--port", "99999"), ("demo", "--kiosk-port", "-1")])
def test_a_port_that_is_none_is_refused_in_a_sentence(words: tuple[str, ...]):
    said = CliRunner().invoke(main, words)
    assert said.exit_code == 2
    assert "0<=x<=65535" in said.output


@pytest.mark.parametrize("words", [("serve",), ("journal", "verify")])
def test_a_wrong_setting_in_the_environment_is_named(words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ONEDOOR_PORT", "abc")
    said = CliRunner().invoke(main, words)
    assert said.exit_code == 1
    assert (
        said.output
        == "Error: The setting port (ONEDOOR_PORT: the port to listen on; 0 takes a free one) cannot be 'abc'.\n"
    )


def test_the_staff_are_listed_without_their_secrets(hall: Hall):
    hall.add(Person("wang", "manager", "王芳", "0001"))
    hall.add(Person("chen", "clerk", "陈静", "0105"))
    assert hall.command("staff", "list").output == "chen\tclerk\t0105\t陈静\t\nwang\tmanager\t0001\t王芳\t\n"


def test_the_journal_verifies_while_acts_are_written(hall: Hall):
    stop = threading.Event()

    def visitors() -> None:
        client = hall.client(hall.tokens["kiosk"])
        while not stop.is_set():
            client.take("A")

    writing = threading.Thread(target=visitors)
    writing.start()
    try:
        for _ in range(10):
            checked = hall.command("journal", "verify")
            assert checked.exit_code == 0, checked.output
            time.sleep(0.02)
    finally:
        stop.set()
        writing.join()
    assert len(hall.manager.every()) > 10


def test_a_stopped_server_has_kept_everything(hall: Hall):
    numbers = [hall.kiosk.take("B")["number"] for _ in range(5)]
    os.kill(hall.server.pid, signal.SIGTERM)
    hall.server.stop()
    hall.server.start()
    assert [t["number"] for t in hall.manager.every()] == numbers
    refused(hall.manager.ask(f"{HALL}/windows/77"), 404, "unknown-window")

"""A whole hall on one machine to try: server, kiosk with its printer on the screen, staff with new passwords."""

import contextlib
import secrets
import socket
import threading
import time
from pathlib import Path

import click
import requests
from sqlalchemy import Engine

from kiosk.agent import Agent, KioskSettings
from queue_server import hall_file
from queue_server.app import create_app
from queue_server.demo.playing import Playing
from queue_server.demo.routes import start_routes
from queue_server.logs import configure
from queue_server.passwords import hash_password
from queue_server.run import start
from queue_server.serve import ListenError, listen, until_stopped
from queue_server.settings import ServerSettings
from queue_server.storage import credentials
from queue_server.storage.engines import open_engine

LOOPBACK = "127.0.0.1"
STAFF = (("lin", "林芳", "0001", "manager"), ("chen", "陈静", "0105", "clerk"), ("wang", "王敏", "0104", "clerk"))
PATIENCE_S = 30
# How fast a play runs from the start page of a hall that itself runs in real time.
PLAY_SPEED = 60


def run_demo(data: Path, port: int, kiosk_port: int, speed: int) -> None:
    """Run the hall until stopped; everything is kept in `data`, so a second run goes on where the first ended."""
    configure()
    hall = hall_file.read(hall_file.DEFAULT)
    settings = ServerSettings(
        database=f"sqlite:///{(data / 'onedoor.db').as_posix()}",
        bind=LOOPBACK,
        port=_free(port),
        public_url="",
        hall="",
        clock_speed=speed,
    )
    server = start(settings, hall)
    new_staff, tokens = _prepare(settings.database, hall.id)
    base = f"http://{LOOPBACK}:{settings.port}"
    agent = Agent(KioskSettings(server=base, token=tokens["kiosk"], hall=hall.id, port=_free(kiosk_port)))
    playing = Playing(_play_where(data, base, tokens["manager"], speed))
    facts = {"kiosk": _kiosk(agent), "speed": speed, "play_speed": speed if speed > 1 else PLAY_SPEED}
    try:
        web = listen(create_app(server, start_routes(server, hall.id, facts, playing)), settings.bind, settings.port)
    except ListenError as taken:
        server.stop()
        raise click.ClickException(str(taken)) from taken
    threading.Thread(target=agent.serve, name="kiosk", daemon=True).start()
    # The kiosk talks to the server over HTTP like any other, so the addresses are told once both answer.
    threading.Thread(target=_tell, args=(agent, base, hall.id, new_staff), name="addresses", daemon=True).start()
    until_stopped(playing.stop, web.stop, agent.stop, server.stop)


def _play_where(data: Path, base: str, token: str, speed: int) -> list[str]:
    """A fast demo is played in itself; one in real time is left alone, and a play has a hall of its own."""
    if speed == 1:
        return ["--speed", str(PLAY_SPEED)]
    file = data / "play.token"
    file.touch(mode=0o600)
    file.write_text(token, encoding="utf-8")
    return ["--server", base, "--token-file", str(file)]


def _kiosk(agent: Agent) -> str:
    return f"http://{LOOPBACK}:{agent.settings.port}/"


def _tell(agent: Agent, base: str, hall: str, new_staff: list[tuple[str, str, str]]) -> None:
    kiosk = _kiosk(agent)
    end = time.monotonic() + PATIENCE_S
    while not _answers(kiosk) and time.monotonic() < end:
        time.sleep(0.05)
    for name, role, password in new_staff:
        click.echo(f"Sign in as {name} ({role}), password {password}   (shown this once; keep it)")
    if not new_staff:
        click.echo("The staff have the passwords that were shown at the first start; `onedoor staff add` adds more.")
    click.echo(f"取号机 kiosk    {kiosk}")
    click.echo(f"大屏 display    {base}/display/{hall}")
    click.echo(f"窗口 console    {base}/console")
    click.echo(f"现场 floor      {base}/floor")
    click.echo(f"排班 planner    {base}/planner")
    click.echo(f"全部 all of it  {base}/")
    click.echo("Ctrl-C stops the hall.")


def _answers(address: str) -> bool:
    with contextlib.suppress(requests.RequestException):
        return requests.get(address, timeout=2).ok
    return False


def _prepare(database: str, hall: str) -> tuple[list[tuple[str, str, str]], dict[str, str]]:
    """Demo staff if there are none yet (name, role, password), and this run's tokens of kiosk and play, by role."""
    engine = open_engine(database, writes=True)
    try:
        return _add_staff(engine, hall), {role: _token(engine, hall, role) for role in ("kiosk", "manager")}
    finally:
        engine.dispose()


def _add_staff(engine: Engine, hall: str) -> list[tuple[str, str, str]]:
    now = time.time_ns() // 1_000_000
    added = []
    with engine.begin() as db:
        if any(credentials.person_by_name(db, name) is not None for name, *_ in STAFF):
            return []
        for name, display_name, number, role in STAFF:
            password = secrets.token_urlsafe(9)
            hashed = hash_password(password)
            person = credentials.Person(secrets.token_hex(16), hall, name, display_name, number, role, hashed)
            credentials.add_person(db, person, now)
            added.append((name, role, password))
    return added


def _token(engine: Engine, hall: str, role: str) -> str:
    with engine.begin() as db:
        credentials.drop_tokens(db, hall, f"demo {role}")
        return credentials.create_token(db, hall, role, f"demo {role}", time.time_ns() // 1_000_000)


def _free(port: int) -> int:
    """The port if it is free, else any free one: a demo should start, whatever else runs here."""
    for wanted in (port, 0):
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((LOOPBACK, wanted))
            return int(probe.getsockname()[1])
    raise click.ClickException("No port is free on this machine.")

"""A running kiosk: its agent, and its touch page on a port of its own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import waitress

from kiosk.agent import Agent, KioskSettings
from kiosk.printer import printer_at
from tests.running.wire import free_port


@dataclass(frozen=True)
class Kiosk:
    """One kiosk, and where its touch page is."""

    agent: Agent
    url: str


@contextmanager
def running_kiosk(server: str, token: str, printer: str = "screen") -> Iterator[Kiosk]:
    """A kiosk of the server at that address, which it has reached already, for as long as it is used."""
    port = free_port()
    agent = Agent(KioskSettings(server, token, port=port, printer=printer_at(printer)))
    web = waitress.create_server(agent.app, host="127.0.0.1", port=port, threads=8)
    agent.follower.look()
    agent.start()
    threading.Thread(target=web.run, daemon=True).start()
    try:
        yield Kiosk(agent, f"http://127.0.0.1:{port}/")
    finally:
        agent.stop()
        web.close()

"""A real hall, a wire to it, and kiosks with their pages in a real browser."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import waitress
from playwright.sync_api import Page

from kiosk.agent import Agent, KioskSettings
from kiosk.printer import printer_at
from tests.integration.kiosk.hall import RunningHall, Wire, free_port, running_hall

LANGUAGES = {"zh-Hans": "简体", "zh-Hant": "繁體", "en": "English"}


@dataclass(frozen=True)
class Kiosk:
    """One kiosk: its agent, its wire to the server, and where its page is."""

    agent: Agent
    wire: Wire
    url: str

    def open(self, page: Page, language: str = "zh-Hans") -> None:
        """Opens the start page in a language."""
        page.goto(self.url)
        page.locator(".biz").first.wait_for()
        page.get_by_role("button", name=LANGUAGES[language]).click()


@pytest.fixture(scope="session")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    with running_hall(tmp_path_factory.mktemp("hall"), "--public-url", "https://hall.example.gov") as running:
        yield running


@pytest.fixture
def kiosk_with(hall: RunningHall) -> Iterator[Callable[[str], Kiosk]]:
    """Starts a kiosk with a given printer."""
    ends: list[Callable[[], None]] = []

    def start(printer: str) -> Kiosk:
        wire, port = Wire(hall.url), free_port()
        agent = Agent(KioskSettings(wire.url, hall.kiosk, port=port, printer=printer_at(printer)))
        server = waitress.create_server(agent.app, host="127.0.0.1", port=port, threads=8)
        serving = threading.Thread(target=server.run, daemon=True)
        agent.follower.look()
        agent.start()
        serving.start()
        ends.extend([agent.stop, wire.close, server.close])
        return Kiosk(agent, wire, f"http://127.0.0.1:{port}/")

    yield start
    for end in ends:
        end()


@pytest.fixture
def kiosk(kiosk_with: Callable[[str], Kiosk]) -> Kiosk:
    """A kiosk that shows its slips on the screen."""
    return kiosk_with("screen")


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    return {**browser_context_args, "viewport": {"width": 1080, "height": 1920}}

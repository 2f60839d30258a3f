"""The kiosk agent: puts link, printing and page server together and runs them."""

import logging
from dataclasses import dataclass, field

import waitress
from flask import Flask

from kiosk.follower import Follower
from kiosk.lists import Lists
from kiosk.presses import Presses
from kiosk.printer import SCREEN, Printer, printer_at
from kiosk.printing import Printing
from kiosk.profile import USUAL, Profile
from kiosk.reporter import Reporter
from kiosk.routes import kiosk_routes, list_routes, speech_routes
from kiosk.server_link import ServerLink
from kiosk.speech import Speech
from queue_server.webfiles import web_files

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KioskSettings:
    """How one kiosk is set up."""

    server: str
    token: str = field(repr=False)
    hall: str = "main"
    port: int = 8081
    bind: str = "127.0.0.1"
    printer: Printer = field(default_factory=lambda: printer_at(SCREEN))
    profile: Profile = USUAL
    name: str = "1"
    language: str = "zh-Hans"


class Agent:
    """A running kiosk; `app` is its page server."""

    def __init__(self, settings: KioskSettings) -> None:
        self.settings = settings
        link = ServerLink(settings.server, settings.token, settings.hall)
        self.follower = Follower(link)
        self.printing = Printing(settings.printer, settings.profile)
        self.presses = Presses(link, self.follower, self.printing, settings.name)
        self.reporter = Reporter(link, self.printing, settings.name)
        self.lists = Lists(self.follower, self.printing, settings.name)
        self.speech = Speech(self.follower)
        self.app = Flask("kiosk", static_folder=None)
        facts = {"hall": settings.hall, "language": settings.language, "kiosk": settings.name}
        local_only = settings.bind in {"127.0.0.1", "localhost", "::1"}
        self.app.register_blueprint(
            kiosk_routes(self.follower, self.presses, self.printing, self.speech, facts, local_only=local_only)
        )
        self.app.register_blueprint(list_routes(self.lists))
        self.app.register_blueprint(speech_routes(self.speech))
        self.app.register_blueprint(web_files())

    def start(self) -> None:
        """Begins to follow the hall, to print, and to say how the printer stands."""
        self.follower.start()
        self.printing.start()
        self.reporter.start()

    def stop(self) -> None:
        """Ends all of it; slips that wait are printed first."""
        self.printing.stop()
        self.reporter.stop()
        self.follower.stop()

    def serve(self) -> None:
        """Serves the touch page until the program is ended."""
        self.start()
        try:
            waitress.serve(
                self.app, host=self.settings.bind, port=self.settings.port, threads=8, ident=None, _quiet=True
            )
        finally:
            self.stop()

"""Every fault of a printer before, during and after a print: the number stands, one valid slip, staff know in time."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageChops

from kiosk.agent import Agent, KioskSettings
from kiosk.printer import printer_at
from kiosk.slip import slip
from tests.escpos_emulator.cells import CELLS, FAULTS, MOMENTS, Cell, table
from tests.escpos_emulator.printer import EscposPrinter
from tests.running.client import HALL
from tests.running.database import sqlite
from tests.running.hall import Hall, running

pytestmark = pytest.mark.integration
STAFF_KNOW_S = 3.0


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    folder = tmp_path_factory.mktemp("hall")
    with sqlite(folder) as database, running(database, Path(folder)) as hall:
        yield hall


class Case:
    """One kiosk with its printer, a visitor before it, and a manager who looks at the floor."""

    def __init__(self, hall: Hall, cell: Cell, emulator: EscposPrinter) -> None:
        self.hall, self.cell, self.emulator = hall, cell, emulator
        self.name = f"{cell.fault} {cell.moment}"
        printer = printer_at(emulator.address)
        self.agent = Agent(KioskSettings(hall.server.base, hall.tokens["kiosk"], printer=printer, name=self.name))
        self.touch: FlaskClient = self.agent.app.test_client()
        self.press = f"/kiosk/presses/press-{cell.fault}-{cell.moment}-of-a-visitor"

    @contextmanager
    def running(self) -> Iterator[None]:
        """The kiosk for as long as it is used."""
        self.agent.follower.look()
        self.agent.start()
        try:
            yield
        finally:
            self.agent.stop()

    def take(self) -> str:
        """The visitor presses, and has a number at once."""
        began = time.monotonic()
        taken = self.touch.put(self.press, json={"business": "A", "language": "zh-Hans"})
        assert taken.status_code == 200
        assert time.monotonic() - began < STAFF_KNOW_S, "the number waits for no printer"
        number: str = taken.json["ticket"]["number"]  # type: ignore[index]
        return number

    def settled(self) -> dict[str, Any]:
        """The slip once its state is final."""
        return until(self._slip, lambda slip: slip["state"] not in {"waiting", "printing"})

    def _slip(self) -> dict[str, Any]:
        answer: Any = self.touch.get(self.press).json
        assert answer["ticket"]["number"], "the number stays on the screen"
        found: dict[str, Any] = answer["slip"]
        return found

    def told(self) -> dict[str, Any]:
        """What the manager reads of this printer now."""
        items = self.hall.manager.ask(f"{HALL}/printers").json()["items"]
        return next((each for each in items if each["kiosk"] == self.name), {"trouble": None, "slips": []})


def until(look: Callable[[], Any], wanted: Callable[[Any], bool], within: float = 8.0) -> Any:
    """What `look` gives once it is wanted."""
    end = time.monotonic() + within
    while not wanted(found := look()):
        assert time.monotonic() < end, found
        time.sleep(0.03)
    return found


def same(paper: Image.Image, drawn: Image.Image) -> bool:
    return ImageChops.logical_xor(paper.crop((0, 0, *drawn.size)), drawn).getbbox() is None


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.fault}-{cell.moment}")
def test_the_number_stands_and_staff_know(hall: Hall, cell: Cell):
    with EscposPrinter() as emulator:
        case = Case(hall, cell, emulator)
        with case.running():
            number = _print_with_the_fault(case)
            assert emulator.fault_began is not None
            known_after = time.monotonic() - emulator.fault_began
            assert known_after <= STAFF_KNOW_S, f"staff knew after {known_after:.2f} s"
            done = case.settled()
            assert (done["state"], done["reason"]) == (cell.state, cell.reason)
            assert number in {each["number"] for each in hall.manager.every(state="waiting")}
            last = until(case.told, lambda told: bool(told["slips"]))["slips"][-1]
            assert (last["number"], last["state"], last["reason"]) == (number, cell.state, cell.reason)
            emulator.mend()
            # On a busy machine a good printer may answer slowly.
            until(case.told, lambda told: told["trouble"] in {None, "printer-slow"})
            assert case.touch.post(f"{case.press}/copy").status_code == 200
            assert case.settled()["state"] == "reprinted"
            papers = emulator.slips(cell.originals + 1)
            facts = case.agent.presses.find(case.press.rsplit("/", 1)[1]).facts
        assert [same(each, slip(facts)) for each in papers] == [True] * cell.originals + [False]
        assert same(papers[-1], slip(facts.as_copy()))
        assert len(emulator.roll.slips) == cell.originals + 1, "nothing comes out besides"
        assert len(emulator.roll.scraps) == cell.scraps


def _print_with_the_fault(case: Case) -> str:
    """A slip, with the fault at its moment; the number, once staff know of the fault."""
    cell, emulator = case.cell, case.emulator
    until(case.told, lambda told: "since" in told)
    if cell.moment == "before":
        emulator.fail(FAULTS[cell.fault])
    elif cell.moment == "during":
        emulator.fault_at = FAULTS[cell.fault]
    number = case.take()
    if cell.moment == "after":
        assert case.settled()["state"] == "printed"
        emulator.fail(FAULTS[cell.fault])
    until(case.told, lambda told: told["trouble"] == cell.told)
    return number


def test_no_cell_is_left_out_and_none_has_two_valid_slips():
    assert [(cell.fault, cell.moment) for cell in CELLS] == list(product(FAULTS, MOMENTS))
    assert all(cell.originals <= 1 for cell in CELLS)


def test_the_document_tells_the_same_table():
    document = Path(__file__).parents[3] / "docs" / "printers.md"
    assert table() in document.read_text(encoding="utf-8"), f"the table of outcomes must be:\n{table()}"

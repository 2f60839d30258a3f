"""A database made ready once, in which every run begins with a new hall; and how one run goes."""

from collections import Counter

from sqlalchemy import Connection
from structlog.testing import capture_logs

from queue_server.core.hall import Hall
from queue_server.storage import credentials, halls
from queue_server.storage.tables import metadata
from queue_server.storage.upgrade import upgrade
from tests.running.database import Database
from tests.statemachine import checks, explained, truth
from tests.statemachine.drawing import CLERKS, PROFILE_OF, Draw
from tests.statemachine.halls import HALLS, most, others
from tests.statemachine.machine import Machine
from tests.statemachine.model import Model
from tests.statemachine.visit import Desk
from tests.unit.core.small_hall import NINE

# Of 256 runs so many are really committed, and as many questions are asked at the end of each.
COMMITTED = 5
QUESTIONS = 3


class Prepared:
    """A database with its staff; `lines` tells what was done in the last run."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.lines: list[str] = []
        engine = database.engine()
        upgrade(engine)
        with engine.begin() as db:
            for clerk, caller in CLERKS.items():
                number = str((caller.shown or ("", ""))[1])
                person = credentials.Person(clerk, "main", clerk, clerk, number, caller.role, "", PROFILE_OF[clerk])
                credentials.add_person(db, person, 0)

    def run(self, said: bytes, reached: Counter[str]) -> None:
        """Fifty steps in one of the halls, and nothing is left of them."""
        steps = [Draw(*said[i : i + 6]) for i in range(0, len(said), 6)]
        self.lines.clear()
        model = _begun(HALLS[steps[0].a % len(HALLS)])
        engine = self.database.engine()
        with capture_logs() as logs:
            if steps[0].later < COMMITTED:
                self._committed(model, steps, reached)
            else:
                with engine.connect() as db, db.begin() as whole:
                    halls.create(db, model.hall, NINE)
                    machine = Machine(db, model, reached, self.lines)
                    machine.run(steps)
                    self._look(db, model, steps, reached)
                    whole.rollback()
        assert [each for each in logs if each["log_level"] == "error"] == []
        reached["runs"] += 1

    def _committed(self, model: Model, steps: list[Draw], reached: Counter[str]) -> None:
        """The same with real commits; half-way another writer opens the database anew."""
        engine = self.database.engine()
        with engine.begin() as db:
            halls.create(db, model.hall, NINE)
        try:
            for part in (steps[: len(steps) // 2], steps[len(steps) // 2 :]):
                engine.dispose()
                Machine(engine, model, reached, self.lines).run(part)
            engine.dispose()
            with engine.connect() as db, db.begin():
                self._look(db, model, steps, reached)
            reached["committed"] += 1
        finally:
            with engine.begin() as db:
                for table in metadata.sorted_tables:
                    if "hall" in table.c and table.name != "staff":
                        db.execute(table.delete())
                db.execute(metadata.tables["halls"].delete())

    @staticmethod
    def _look(db: Connection, model: Model, steps: list[Draw], reached: Counter[str]) -> None:
        checks.compare_hall(db, model)
        checks.compare_rest(db, model)
        for step in steps[:QUESTIONS]:
            explained.check_before(db, model, step.d)
        truth.check(db, model, reached)


def _begun(hall: Hall) -> Model:
    variants = others(hall)
    model = Model(hall, NINE, variants=variants, most=most(variants))
    model.desks = {window.number: Desk() for window in hall.windows}
    return model

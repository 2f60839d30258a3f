"""Many runs of fifty steps on one database, and what must have come up in them."""

from collections import Counter

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from tests.running.database import Database
from tests.statemachine.acts import ACTS
from tests.statemachine.by_itself import TIMERS
from tests.statemachine.drawing import Draw
from tests.statemachine.prepared import Prepared

STEPS = 50
BYTES = STEPS * len(Draw._fields)
# Nothing stands against asking for another hall: it is done when it can be.
NEVER_REFUSED = {"plan"}
# All that the acts here may be refused for, sooner or later.
REFUSALS = frozenset(
    (
        *("already-closed", "already-evacuated", "already-suspended", "awaits-itself", "booking-over"),
        *("business-suspended", "by-hand-not-yet", "by-hand-order", "by-hand-too-early", "case-closed"),
        *("clerk-elsewhere", "clerk-not-there", "clock-runs", "clock-stopped", "day-past", "direct-call-off"),
        *("due-too-late", "hall-closed", "hall-evacuated", "held-elsewhere", "help-asked", "may-not-grant"),
        *("no-help-asked", "no-promise", "no-such-slot", "nobody-here", "not-bookable", "not-closed", "not-here"),
        "one-case",
        *("not-paused", "not-suspended", "not-there", "not-today", "not-your-window", "nothing-to-undo"),
        *("paper-not-minor", "papers-kept", "papers-not-kept", "persons-only", "quota-used", "same-business"),
        *("same-owner", "same-window", "sent-to-suspended", "slot-full", "slot-past", "too-few-calls"),
        *("too-many-returns", "undo-overtaken", "undo-too-late", "unknown-booking", "unknown-business"),
        *("unknown-case", "unknown-class"),
        *("unknown-clerk", "unknown-item", "unknown-outcome", "unknown-paper", "unknown-reason"),
        *("unknown-ticket", "unknown-window", "window-busy", "window-closed", "window-open", "window-paused"),
        *("window-taken", "wrong-state"),
    )
)


def try_runs(database: Database, runs: int) -> Counter[str]:
    """So many runs, new ones each time; what came up how often."""
    prepared, reached = Prepared(database), Counter[str]()

    # Bytes shrink to zero one by one, and the lines that are left say what was done. Nothing is looked for on purpose.
    @settings(
        max_examples=runs,
        deadline=None,
        print_blob=True,
        phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.binary(min_size=BYTES, max_size=BYTES))
    def run(said: bytes) -> None:
        try:
            prepared.run(said, reached)
        except BaseException:
            note("\n".join(prepared.lines))
            raise

    run()
    return reached


def missing(reached: Counter[str]) -> set[str]:
    """What should have come up and did not."""
    wanted = {f"{name}: done" for name in ACTS} | {f"{name}: refused" for name in ACTS if name not in NEVER_REFUSED}
    wanted |= {f"timer {kind}" for kind in TIMERS}
    return wanted - set(reached)

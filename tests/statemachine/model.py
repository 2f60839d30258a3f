"""The hall a second time, as plainly as can be: who waits, who is where, who would be called; no rule is shared."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from queue_server.core.hall import Hall, Window
from tests.statemachine.visit import Booked, Deed, Desk, File, Visit

if TYPE_CHECKING:
    from tests.statemachine.explaining import Call


@dataclass
class Model:
    """Everything there is in the hall, at `now` (ms UTC); lists are in the order in which things came."""

    hall: Hall
    now: int
    visits: dict[str, Visit] = field(default_factory=dict)
    desks: dict[int, Desk] = field(default_factory=dict)
    files: list[File] = field(default_factory=list)
    bookings: list[Booked] = field(default_factory=list)
    numbers: Counter[tuple[str, str]] = field(default_factory=Counter)
    quotas: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    left: dict[str, int] = field(default_factory=dict)
    suspended: set[str] = field(default_factory=set)
    closed_day: str | None = None
    # When everybody had to leave and came back; None while they are outside.
    outs: list[tuple[int, int | None]] = field(default_factory=list)
    is_open: bool = True
    alarms: set[str] = field(default_factory=set)
    plans: dict[int, Hall] = field(default_factory=dict)
    deeds: int = 0
    entries: int = 0
    last_at: dict[int, Deed] = field(default_factory=dict)
    # What was done with which visit since the last commit, in order: the journal's word and the ticket.
    happened: list[tuple[str, str]] = field(default_factory=list)
    calls: list["Call"] = field(default_factory=list)
    promises: dict[str, tuple[tuple[int, int], int]] = field(default_factory=dict)
    # What plans may make of the hall, and what guarantee (d) then allows at most (ms).
    variants: tuple[Hall, ...] = ()
    most: int = 0

    # --- Days --------------------------------------------------------------------------------------------------------

    def local(self, at: int) -> datetime:
        """A moment by the hall's wall clock."""
        return datetime.fromtimestamp(at / 1000, ZoneInfo(self.hall.time_zone))

    def day(self, at: int | None = None) -> str:
        """The business day of a moment: yesterday's until the day starts."""
        local = self.local(self.now if at is None else at)
        return (local - timedelta(milliseconds=self.hall.settings.day_starts)).date().isoformat()

    def today(self) -> date:
        """The present business day."""
        return date.fromisoformat(self.day())

    def day_over(self, day: str) -> int:
        """When a business day ends."""
        following = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(self.hall.time_zone)) + timedelta(days=1)
        return int(following.timestamp() * 1000) + self.hall.settings.day_starts

    def works(self, day: date) -> bool:
        """Whether that is a working day."""
        said = day.isoformat()
        calendar = self.hall.calendar
        return said in calendar.make_up or (day.weekday() < 5 and said not in calendar.holidays)

    def working_days_on(self, day: date, many: int) -> date:
        """So many working days later."""
        while many > 0:
            day += timedelta(days=1)
            many -= self.works(day)
        return day

    # --- Evacuations -------------------------------------------------------------------------------------------------

    @property
    def evacuated(self) -> bool:
        """Whether everybody is outside."""
        return any(back is None for _, back in self.outs)

    def ran(self, since: int, until: int) -> int:
        """How long the hall went on between two moments: nobody was outside."""
        outside = ((max(since, left), min(until, back or until)) for left, back in self.outs)
        return until - since - sum(max(0, back - left) for left, back in outside)

    def after(self, since: int, length: int) -> int | None:
        """When the hall has gone on for so long since a moment; None while everybody is outside before that."""
        at = since
        for left, back in self.outs:
            if left - at >= length:
                break
            if back is None:
                return None
            length, at = length - max(0, left - at), max(at, back)
        return at + length

    def earliest(self, at: int | None = None) -> int:
        """The first place that may be kept at a moment: from then on the hall has gone on for no longer than that."""
        at, left_over = self.now if at is None else at, self.hall.settings.max_advance
        for left, back in reversed(self.outs):
            in_again = min(at, back or at)
            if left < in_again and at - in_again <= left_over:
                left_over, at = left_over - (at - in_again), left
        return at - left_over

    # --- Who is where ------------------------------------------------------------------------------------------------

    def at(self, window: int) -> Visit | None:
        """Whoever stands at a window."""
        there = [v for v in self.visits.values() if v.at_window and v.window == window]
        assert len(there) <= 1, f"two at window {window}"
        return there[0] if there else None

    def queue(self) -> list[Visit]:
        """Whoever may be called."""
        return [v for v in self.visits.values() if v.callable]

    def window(self, number: int) -> Window:
        """What the hall says of a window."""
        return next(w for w in self.hall.windows if w.number == number)

    def head_start(self, grounds: Iterable[str]) -> int:
        """The largest over the grounds."""
        return max((c.head_start for c in self.hall.classes if c.code in grounds), default=0)

    def serves(self, number: int) -> dict[str, int]:
        """What a window serves with whoever sits there: the larger reluctance of both, never if either never does."""
        mine, able = self.window(number).reluctance, self.desks[number].able
        return {b: max(ms, 0 if able is None else able[b]) for b, ms in mine.items() if able is None or b in able}

    def cost(self, number: int, visit: Visit) -> tuple[int, int]:
        """Place + reluctance + affinity, then who entered the queue first."""
        return visit.place + self.serves(number).get(visit.business, 0) + self.strange(number, visit), visit.order

    def strange(self, number: int, visit: Visit) -> int:
        """What it costs to call somebody who belongs elsewhere."""
        return 0 if visit.tie in (None, f"w{number}", f"c{self.desks[number].clerk}") else self.hall.settings.affinity

    def held_back(self, number: int) -> set[str]:
        """The businesses whose first visitor, as this window sees it, has not waited long enough for it."""
        found = set()
        for business in self.serves(number):
            waiting = [v for v in self.queue() if v.business == business]
            if waiting:
                head = min(waiting, key=lambda v: (v.place + self.strange(number, v), v.order))
                if head.ripe < self.window(number).not_before.get(business, 0):
                    found.add(business)
        return found

    def may_call(self, number: int) -> list[Visit]:
        """All that a window may call now, the next one first."""
        serves = set(self.serves(number)) - self.held_back(number)
        return sorted((v for v in self.queue() if v.business in serves), key=lambda v: self.cost(number, v))

    def away(self, tie: str, business: str) -> int | None:
        """Since when the window or the clerk of a tie is not there for a business; None while they are."""
        for number, desk in self.desks.items():
            if tie in (f"w{number}", f"c{desk.clerk}"):
                shut = None if desk.calls else max(desk.changed_at or 0, self.left.get(tie, 0))
                # Who sits here and never does it is not there for it, since they sit here.
                other = None if business in self.serves(number) else desk.since or 0
                return shut if other is None else other if shut is None else min(shut, other)
        return self.left.get(tie, 0)

    # --- What every act does -----------------------------------------------------------------------------------------

    def deed(self, *, by_timer: bool = False) -> Deed:
        """Something is done now."""
        self.deeds += 1
        return Deed(self.deeds, self.now, by_timer)

    def touch(self, deed: Deed, visit: Visit, kind: str, window: int | None = None) -> Visit:
        """This act changes this visit; it is done at `window`, or else where the visitor stood before (see `told`)."""
        deed.keep(visit)
        deed.kinds.add(kind)
        visit.last_deed = deed.no
        if window is not None:
            self.last_at[window] = deed
        self.happened.append((kind, visit.id))
        return visit

    def told(self, deed: Deed, visit: Visit) -> None:
        """An act done at no window counts for the one where the visitor stood, and for none where they had left it."""
        before = deed.visits[visit.id]
        if before.at_window and before.window is not None:
            self.last_at[before.window] = deed

    def enter(self, visit: Visit, place: int, bare: int, tie: str | None) -> None:
        """Into the queue, away from any window."""
        self.entries += 1
        visit.state, visit.window, visit.counted_at, visit.calls, visit.ripe = "waiting", None, None, 0, 0
        visit.hold, visit.held_until, visit.awaits = None, None, None
        visit.place, visit.bare, visit.tie = place, bare, tie
        visit.order, visit.entered_at, visit.entered_deed = self.entries, self.now, self.deeds

    def again(self, visit: Visit, tie: str | None, *, as_issue: bool) -> None:
        """Into the queue again: at the last place, or as if the number were taken now."""
        if as_issue:
            self.enter(visit, self.now - self.head_start(visit.grounds), self.now, tie)
        else:
            place = max(self.earliest(), visit.place)
            self.enter(visit, place, max(visit.bare, place), tie)

    def rejoin(self, deed: Deed, visit: Visit, window: int | None = None) -> None:
        """Back from a hold into the queue."""
        self.touch(deed, visit, "rejoined", window)
        self.again(visit, visit.tie, as_issue=self.hall.settings.rejoin_as_issue)

    def turn_over(self, deed: Deed, visit: Visit) -> None:
        """Whoever was put aside to wait for this visitor's turn comes back, who entered the queue first first."""
        waiting = [v for v in self.visits.values() if v.state == "held" and v.awaits == visit.id]
        for each in sorted(waiting, key=lambda v: v.order):
            self.rejoin(deed, each)

    def serve(self, visit: Visit, clerk: str | None) -> None:
        """The service begins, or goes on."""
        visit.state, visit.since = "serving", self.now
        visit.started_at = visit.started_at or self.now
        visit.owner = visit.owner or clerk

    def stop(self, visit: Visit) -> None:
        """The service stops for a while, or for good."""
        if visit.since is not None:
            visit.service += self.now - visit.since
            visit.since = None

    def new_turn(self, visit: Visit, business: str) -> None:
        """One wait and one service are over, another begins."""
        self.stop(visit)
        visit.past += ((visit.wrong, visit.service),)
        visit.business, visit.item, visit.turn, visit.queued_at = business, None, visit.turn + 1, self.now
        visit.called_at = visit.started_at = visit.missed_at = visit.outcome = None
        visit.service = visit.returns = 0
        visit.wrong = False

    def call(self, deed: Deed, visit: Visit, window: int) -> None:
        """Somebody is called to a window."""
        self.touch(deed, visit, "called", window)
        visit.state, visit.window, visit.calls, visit.missed_at = "called", window, 1, None
        visit.counted_at, visit.callable_from = self.now, None
        visit.called_at = visit.called_at or self.now
        if self.desks[window].ready is not None:
            self.desks[window].ready = None

    # --- Cases -------------------------------------------------------------------------------------------------------

    def file_deed(self, deed: Deed, file: File, before: File | None) -> None:
        """This act opens a case, or changes it; `before` is how it was."""
        if all(known is not file for known, _ in deed.files):
            deed.files.append((file, before))
        file.last_deed = deed.no

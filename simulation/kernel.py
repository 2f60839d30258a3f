"""One simulated day as the engine plays it, on whole numbers alone: compiled, or as plain Python with the same result.

The order at one instant is that of `core.moment`: each turn of `play` takes the first of what comes next.
"""

from queue_server.core import arithmetic
from queue_server.core.moment import Order
from simulation.compiled import compiled
from simulation.kernel_calls import call, done
from simulation.kernel_desks import close_desk, free, open_desk
from simulation.kernel_queue import pop
from simulation.kernel_rows import (
    ABSENT,
    AFFINITY_RELEASE,
    ALARM_BITS,
    ALARMS,
    AT,
    BACK,
    BACKS,
    BALKS_OVER,
    BUSINESS,
    BUSINESS_ROW,
    BUSINESS_ROWS,
    CALLED,
    CALLS_ARE_DUE,
    CHANGED_AT,
    DAY_OVER,
    ENTERED_AT,
    FREE,
    GIVEN_OUT,
    GONE_AT,
    HEAD_START,
    ISSUED,
    KEY,
    KIND_BITS,
    LEAVES,
    LEFT,
    MAX_ADVANCE,
    MISSED,
    NEVER,
    NEXT,
    NEXT_DONE,
    NOBODY,
    NOT_BEFORE,
    NUMBER,
    NUMBER_BITS,
    OPEN,
    PLACE,
    PLAN_ROW,
    RELEASE,
    REQUEUE,
    RETURN_BEHIND,
    RETURN_HEAD_START,
    RETURN_OVER,
    RETURN_OVER_ALARM,
    RETURN_WITHIN,
    RETURNS,
    RIPE,
    RIPEN,
    ROW,
    SERVING,
    SHOWN,
    STATE,
    STEP,
    TIE,
    TIED,
    VISITORS,
    VOID_DAY,
    VOID_RETURN,
    WAITING,
    WINDOW,
    Ints,
)
from simulation.kernel_waiting import (
    call_soon,
    enter,
    fall_out,
    is_waiting,
    line_up,
    next_step,
    tell,
    watch_step,
)

bounded_place = compiled(arithmetic.bounded_place)
head_start_place = compiled(arithmetic.head_start_place)
release_at = compiled(arithmetic.release_at)

_FINISH, _WINDOW, _TIMER, _ARRIVAL = (int(order) for order in (Order.FINISH, Order.WINDOW, Order.TIMER, Order.ARRIVAL))
_NUMBER = (1 << NUMBER_BITS) - 1


@compiled
def play(  # noqa: C901, PLR0912 -- one branch for each kind of event, in their order
    m: Ints, last_visitor: int, planned: int, planned_end: int, ends: Ints, end: int, last_end: int
) -> None:
    """Let the day pass until nothing is left to happen.

    The visitors end at `last_visitor`; windows open and close as planned from `planned` on (moment, window,
    whether it opens). `ends` are the first moments after each business day, those of this day from `end`.
    """
    alarms, backs = m[ALARMS], m[BACKS]
    coming, voided, now = m[VISITORS], m[VISITORS], 0
    while True:
        at, order = m[NEXT_DONE] >> NUMBER_BITS, _FINISH
        if planned < planned_end and m[planned] < at:
            at, order = m[planned], _WINDOW
        if m[alarms] > 0 and m[alarms + 1] >> ALARM_BITS < at:
            at, order = m[alarms + 1] >> ALARM_BITS, _TIMER
        if end < last_end and ends[end] < at:
            at, order = ends[end], _TIMER
        if coming < last_visitor and m[coming + AT] < at:
            at, order = m[coming + AT], _ARRIVAL
        if m[backs] > 0 and m[backs + 1] >> NUMBER_BITS < at:
            at, order = m[backs + 1] >> NUMBER_BITS, _ARRIVAL
        if m[CALLS_ARE_DUE] and at > now:
            m[CALLS_ARE_DUE] = 0
            call(m, now)
            # Nothing else comes of a call than that somebody will be done, perhaps at once.
            if m[NEXT_DONE] >> NUMBER_BITS <= at:
                at, order = m[NEXT_DONE] >> NUMBER_BITS, _FINISH
        if at >= NEVER:
            return
        now = at
        if order == _FINISH:
            done(m, m[NEXT_DONE] & _NUMBER, now)
        elif order == _ARRIVAL:
            # Who comes back came before whoever comes first.
            if m[backs] > 0 and m[backs + 1] >> NUMBER_BITS == now:
                come_back(m, pop(m, backs) & _NUMBER, now)
            else:
                arrive(m, coming, now)
                coming += ROW
        elif order == _WINDOW:
            if m[planned + 2]:
                open_desk(m, m[planned + 1], now)
            else:
                close_desk(m, m[planned + 1], now)
            planned += PLAN_ROW
        elif end < last_end and ends[end] == now:
            # Of what is due at one moment the end of the day has the first name.
            while voided < coming and m[voided + AT] < now:
                day_over(m, voided, now)
                voided += ROW
            end += 1
        else:
            ring(m, pop(m, alarms), now)


@compiled
def arrive(m: Ints, who: int, now: int) -> None:
    """A visitor takes a number, and may go without a word; who brings missing papers has the head start of a return."""
    business = m[BUSINESS_ROWS] + m[who + BUSINESS] * BUSINESS_ROW
    m[business + GIVEN_OUT] += 1
    m[who + NUMBER] = m[business + GIVEN_OUT]
    if m[who + BALKS_OVER] >= 0 and m[who + NUMBER] - m[business + SHOWN] > m[who + BALKS_OVER]:
        m[who + LEAVES], m[who + ABSENT], m[who + BACK] = NEVER, 1, NOBODY
    place = head_start_place(now, m[who + HEAD_START], m[MAX_ADVANCE])
    if m[who + TIE] >= 0:
        place = min(place, head_start_place(now, m[RETURN_HEAD_START], m[MAX_ADVANCE]))
    tell(m, ISSUED, who, NOBODY, now)
    enter(m, who, place, now)


@compiled
def come_back(m: Ints, who: int, now: int) -> None:
    """A missed visitor waits again, behind the k-th of those who wait for the same business."""
    if m[who + STATE] != MISSED:
        return
    business = m[BUSINESS_ROWS] + m[who + BUSINESS] * BUSINESS_ROW
    free_head, tied_head = m[business + FREE], m[business + TIED]
    behind, found = now, 0
    while found < m[RETURN_BEHIND]:
        while free_head >= 0 and m[free_head + LEAVES] < now:
            free_head = m[free_head + NEXT]
        while tied_head >= 0 and m[tied_head + LEAVES] < now:
            tied_head = m[tied_head + NEXT]
        if free_head < 0 and tied_head < 0:
            break
        if tied_head < 0 or (free_head >= 0 and m[free_head + KEY] < m[tied_head + KEY]):
            behind, free_head = m[free_head + KEY] >> PLACE, m[free_head + NEXT]
        else:
            behind, tied_head = m[tied_head + KEY] >> PLACE, m[tied_head + NEXT]
        found += 1
    own = m[who + KEY] >> PLACE
    m[who + RETURNS] += 1
    if m[who + LEAVES] < now:
        # Patience ended while nobody waited, and that was all of it.
        m[who + LEAVES] = NEVER
    tell(m, REQUEUE, who, NOBODY, now)
    enter(m, who, bounded_place(max(own, behind), now, m[MAX_ADVANCE]), now)


@compiled
def ring(m: Ints, key: int, now: int) -> None:
    """Something was due, and happens if it still holds."""
    who, kind = key & _NUMBER, (key >> NUMBER_BITS) & ((1 << KIND_BITS) - 1)
    if kind == NOT_BEFORE:
        step = next_step(m, who)
        if is_waiting(m, who, now) and step >= 0 and m[who + ENTERED_AT] + step == now:
            m[who + RIPE] = step
            m[who + STEP] += 1
            tell(m, RIPEN, who, NOBODY, now)
            watch_step(m, who)
            call_soon(m)
    elif kind == RETURN_OVER_ALARM:
        if m[who + STATE] == MISSED and m[who + GONE_AT] + m[RETURN_WITHIN] == now:
            m[who + STATE], m[who + GONE_AT] = RETURN_OVER, now
            tell(m, VOID_RETURN, who, NOBODY, now)
    elif is_waiting(m, who, now) and m[who + TIE] >= 0:
        desk = m[who + TIE]
        at = release_at(m[desk + CHANGED_AT], m[who + ENTERED_AT], m[AFFINITY_RELEASE])
        if m[desk + OPEN] == 0 and at == now:
            fall_out(m, who)
            m[who + TIE] = NOBODY
            line_up(m, who)
            tell(m, RELEASE, who, NOBODY, now)
            call_soon(m)


@compiled
def day_over(m: Ints, who: int, now: int) -> None:
    """The business day of a visitor has ended: whoever is not done is voided."""
    state = m[who + STATE]
    if state == WAITING:
        fall_out(m, who)
        if m[who + LEAVES] < now:
            m[who + STATE] = LEFT
            return
        tell(m, VOID_DAY, who, NOBODY, now)
    elif state in (CALLED, SERVING, MISSED):
        # Whoever was missed has left the window, so it is no act of that one.
        tell(m, VOID_DAY, who, NOBODY if state == MISSED else m[who + WINDOW], now)
    else:
        return
    m[who + STATE], m[who + GONE_AT] = DAY_OVER, now
    if state in (CALLED, SERVING):
        free(m, m[who + WINDOW], now)

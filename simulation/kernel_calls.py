"""The kernel's calls: of all who wait the one the rule names, to the window the rule names; then service or silence."""

from queue_server.core import arithmetic
from simulation.compiled import compiled
from simulation.kernel_desks import done_at, free, not_idle
from simulation.kernel_queue import push
from simulation.kernel_rows import (
    ABSENT,
    AFFINITY,
    AT,
    BACK,
    BACKS,
    BUSINESS,
    BUSINESS_ROW,
    BUSINESS_ROWS,
    CALL,
    CALLED,
    CALLED_AT,
    CALLS,
    CELL,
    DESK,
    EARLIER,
    EARLIER_TOOK,
    EARLIER_WAITED,
    FINISH,
    FINISHED,
    FREE,
    GONE_AT,
    HAS_PATIENCE,
    HAS_TIES,
    HELD_BACK,
    HERE_SINCE,
    IDLE,
    IDLE_NOW,
    IDLE_SINCE,
    KEY,
    LEAVES,
    LINED,
    LINED_NOW,
    MAX_ADVANCE,
    MAX_CALLS,
    MISS,
    MISSED,
    NEVER,
    NEXT,
    NEXT_TURN,
    NOBODY,
    NUMBER,
    NUMBER_BITS,
    OWN,
    OWN_NEXT,
    PLACE,
    QUEUED_AT,
    RECALL,
    RECALL_GAP,
    RELUCTANCE,
    RETURN_OVER_ALARM,
    RETURN_WITHIN,
    RETURNS,
    RIPE,
    SERVED,
    SERVICE,
    SERVING,
    SHOWN,
    SINCE,
    START,
    STARTED_AT,
    STATE,
    THEN,
    THEN_PATIENCE,
    THEN_SERVICE,
    TIE,
    TIED,
    VISITOR,
    WALK,
    WINDOW,
    Ints,
)
from simulation.kernel_waiting import alarm, enter, fall_out, first, tell

bounded_place = compiled(arithmetic.bounded_place)
cost = compiled(arithmetic.cost)
holds_back = compiled(arithmetic.holds_back)
tie_cost = compiled(arithmetic.tie_cost)
# More than any place with all that may be added to it.
_TOO_MUCH = 2**62


@compiled
def call(m: Ints, now: int) -> None:
    """Call as long as an idle window may serve anybody."""
    while m[IDLE_NOW] > 0 and m[LINED_NOW] > 0:
        if m[HAS_PATIENCE]:
            _heads(m, now)
        window, who = _next_call(m, now)
        if who < 0:
            return
        serve(m, window, who, now)


@compiled
def _heads(m: Ints, now: int) -> None:
    """Let nobody stand at the head of a lane who has left already."""
    # From the end, for a business may drop out on the way.
    for place in range(m[LINED] + m[LINED_NOW] - 1, m[LINED] - 1, -1):
        business = m[BUSINESS_ROWS] + m[place] * BUSINESS_ROW
        first(m, business + FREE, NEXT, now)
        first(m, business + TIED, NEXT, now)


@compiled
def _next_call(m: Ints, now: int) -> tuple[int, int]:
    """Every idle window names whom it would call; the first of those goes to the window it would go to as an arrival.

    That is the least reluctance and affinity, then the longest idle, then the lowest number.
    """
    found, to, best = NOBODY, NOBODY, _TOO_MUCH
    to_added, to_since = 0, 0
    for place in range(m[IDLE_NOW]):
        window = m[m[IDLE] + place]
        who, added = choose(m, window, now)
        if who < 0 or m[who + KEY] > best:
            continue
        since = m[window + IDLE_SINCE]
        if who == found and (added, since, window) > (to_added, to_since, to):
            continue
        found, to, best = who, window, m[who + KEY]
        to_added, to_since = added, since
    return to, found


@compiled
def choose(m: Ints, window: int, now: int) -> tuple[int, int]:
    """Whom a window calls, and the reluctance and affinity it has for that one (moved as places are)."""
    found, added, best = NOBODY, 0, _TOO_MUCH
    for place in range(m[LINED] + m[LINED_NOW] - 1, m[LINED] - 1, -1):
        b = m[place]
        business, cell = m[BUSINESS_ROWS] + b * BUSINESS_ROW, window + DESK + b * CELL
        reluctance = m[cell + RELUCTANCE]
        if reluctance < 0:
            continue
        head, of_head = m[business + FREE], 0
        key = m[head + KEY] if head >= 0 else _TOO_MUCH
        if m[HAS_TIES]:
            # Among the tied the window's own stand, too, but in their own lane they always come out as well or better.
            tied, own = m[business + TIED], first(m, cell + OWN, OWN_NEXT, now)
            affinity = tie_cost(m[AFFINITY], True, False)
            if tied >= 0 and cost(m[tied + KEY], 0, affinity) < key:
                head, of_head, key = tied, affinity, cost(m[tied + KEY], 0, affinity)
            affinity = tie_cost(m[AFFINITY], True, True)
            if own >= 0 and cost(m[own + KEY], 0, affinity) <= key:
                head, of_head, key = own, affinity, cost(m[own + KEY], 0, affinity)
        if head < 0 or holds_back(m[head + RIPE], m[cell + HELD_BACK]):
            continue
        price = cost(m[head + KEY], reluctance, of_head)
        if price < best:
            found, added, best = head, reluctance + of_head, price
    return found, added


@compiled
def serve(m: Ints, window: int, who: int, now: int) -> None:
    """Called: service begins at once or after the way to the window; or nobody is there."""
    fall_out(m, who)
    not_idle(m, window)
    m[window + VISITOR] = who
    m[who + WINDOW], m[who + HERE_SINCE], m[who + CALLS] = window, now, 1
    if m[who + CALLED_AT] < 0:
        m[who + CALLED_AT] = now
    tell(m, CALL, who, window, now)
    m[who + STATE] = CALLED
    if m[who + EARLIER] < 0:
        # Later the number is one of a business that has nothing to do with this turn.
        m[m[BUSINESS_ROWS] + m[who + BUSINESS] * BUSINESS_ROW + SHOWN] = m[who + NUMBER]
    if is_away(m, who):
        done_at(m, window, now + m[RECALL_GAP])
    elif m[who + WALK] > 0:
        done_at(m, window, now + m[who + WALK])
    else:
        start(m, window, who, now)


@compiled
def is_away(m: Ints, who: int) -> bool:
    """Whether a call finds nobody."""
    return m[who + ABSENT] == 1 and m[who + RETURNS] == 0


@compiled
def start(m: Ints, window: int, who: int, now: int) -> None:
    """The visitor is at the window."""
    m[who + STATE], m[who + STARTED_AT] = SERVING, now
    tell(m, START, who, window, now)
    done_at(m, window, now + m[who + SERVICE])


@compiled
def next_turn(m: Ints, window: int, who: int, now: int) -> None:
    """One business is done, and the visitor waits for the other where they stood, whoever they were tied to."""
    m[who + EARLIER] = m[who + BUSINESS]
    m[who + EARLIER_WAITED], m[who + EARLIER_TOOK] = m[who + CALLED_AT] - m[who + QUEUED_AT], now - m[who + STARTED_AT]
    m[who + BUSINESS], m[who + SERVICE], m[who + THEN] = m[who + THEN], m[who + THEN_SERVICE], NOBODY
    m[who + LEAVES] = NEVER if m[who + THEN_PATIENCE] < 0 else now + m[who + THEN_PATIENCE]
    m[who + CALLED_AT], m[who + STARTED_AT], m[who + QUEUED_AT] = NOBODY, NOBODY, now
    m[who + TIE], m[who + ABSENT] = NOBODY, 0
    tell(m, NEXT_TURN, who, window, now)
    enter(m, who, bounded_place(m[who + KEY] >> PLACE, now, m[MAX_ADVANCE]), now)


@compiled
def done(m: Ints, window: int, now: int) -> None:
    """The service is over, the visitor has come to the window, or it is time to call again."""
    who = m[window + VISITOR]
    if m[who + STATE] == SERVING:
        if m[who + AT] >= m[SINCE]:
            m[window + SERVED] += 1
        if m[who + THEN] >= 0:
            next_turn(m, window, who, now)
        else:
            m[who + STATE], m[who + GONE_AT] = FINISHED, now
            tell(m, FINISH, who, window, now)
        free(m, window, now)
    elif not is_away(m, who):
        start(m, window, who, now)
    elif m[who + CALLS] < m[MAX_CALLS]:
        m[who + CALLS] += 1
        tell(m, RECALL, who, window, now)
        done_at(m, window, now + m[RECALL_GAP])
    else:
        m[who + STATE], m[who + GONE_AT] = MISSED, now
        tell(m, MISS, who, window, now)
        alarm(m, now + m[RETURN_WITHIN], RETURN_OVER_ALARM, who)
        free(m, window, now)
        if m[who + BACK] >= 0:
            push(m, m[BACKS], ((now + m[who + BACK]) << NUMBER_BITS) + who)

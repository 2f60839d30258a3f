"""Who comes on a day: arrivals and what belongs to each visitor, drawn by number, in order of arrival."""

import math

from simulation.compiled import compiled
from simulation.kernel_chance import WORD, duration, on_curve, philox, uniform
from simulation.kernel_queue import pop, push, sink
from simulation.kernel_rows import (
    ABSENT,
    ACCUMULATED,
    ACCUMULATED_AFTER,
    AT,
    BACK,
    BACK_KIND,
    BALKING,
    BALKS_OVER,
    BUSINESS,
    BUSINESS_ROW,
    BUSINESS_ROWS,
    BUSINESSES,
    CALLED_AT,
    CLASSES,
    CODE,
    COMING,
    CURSOR,
    CYCLE,
    DAY_CURVE,
    EARLIER,
    F_ABSENT,
    F_BACK,
    F_BALKING,
    F_BUSINESS,
    F_EDGES,
    F_LATER,
    F_PATIENCE,
    F_PIECE_ROW,
    F_PIECES,
    F_RETURNING,
    F_REVIEWED,
    F_REVIEWED_SHARE,
    F_SERVICE,
    F_WALK,
    FIRST_MOMENT,
    GROUNDS,
    HEAD_START,
    HEADS,
    IS_RECORDED,
    LATER,
    LEAVES,
    MAIN,
    MAIN_END,
    MOMENTS,
    NEVER,
    NOBODY,
    OWN_DAY_CURVE,
    PATIENCE_KIND,
    PER_MS,
    PIECE,
    PIECE_END,
    PIECE_ROW,
    PIECE_START,
    PIECE_STOP,
    PIECES,
    PRIORITY,
    QUEUED_AT,
    RECORDED,
    RETURNING,
    RETURNS,
    REVIEWED,
    REVIEWED_KIND,
    ROW,
    SERVICE,
    SERVICE_KIND,
    STARTED_AT,
    STATE,
    THEN,
    THEN_PATIENCE,
    THEN_SERVICE,
    TIE,
    VISITORS,
    VISITORS_END,
    WALK,
    WALK_KIND,
    WINDOW,
    Floats,
    Ints,
)

# What a number decides: two purposes share a block, of which each has one half. The numbers are part of every
# published result, so none is ever used again. Of the arrivals each takes the next half.
(BY_ARRIVAL, BY_SERVICE_AND_PRIORITY, BY_PATIENCE_AND_RETURN, BY_ABSENT_AND_BACK, BY_WALK_AND_REVIEW) = range(5)
BY_BALKING, BY_DAY, BY_LATER, BY_LATER_SERVICE_AND_PATIENCE = range(5, 9)
# What is drawn for the hall as a whole has no business; none has this code.
_HALL = 0
NO_FAMILY = -1
_BITS = 16
Key = tuple[int, int, int, int]


@compiled
def block(key: Key, code: int, purpose: int, number: int) -> tuple[float, float]:
    """The two numbers of a visitor, or of a pair of arrivals, for a purpose; `key` is of the seed and the day."""
    low, high, top, day = key
    w0, w1, w2, w3 = philox(number & WORD, day, (code << _BITS) + purpose, top, low, high)
    return uniform(w0, w1), uniform(w2, w3)


@compiled
def busyness(m: Ints, f: Floats, key: Key, b: int) -> float:
    """How many times the usual visitors come to a business that day: what the whole hall has, times what is its own."""
    busy, own = 1.0, m[m[BUSINESS_ROWS] + b * BUSINESS_ROW + OWN_DAY_CURVE]
    if m[DAY_CURVE] != NO_FAMILY:
        one, _ = block(key, _HALL, BY_DAY, 0)
        busy = on_curve(f, m[DAY_CURVE], one)
    if own != NO_FAMILY:
        one, _ = block(key, m[m[BUSINESS_ROWS] + b * BUSINESS_ROW + CODE], BY_DAY, 0)
        busy *= on_curve(f, own, one)
    return busy


@compiled
def arrivals(m: Ints, f: Floats, key: Key, b: int, at: int) -> int:
    """Write the arrivals of a business from `at` on; where they end, or NOBODY without room.

    A Poisson stream of rate one, bent by the accumulated rate: a change of rates, or a busier day, moves visitors, but
    never swaps them.
    """
    business, room = m[BUSINESS_ROWS] + b * BUSINESS_ROW, m[HEADS]
    if m[business + IS_RECORDED]:
        known = m[RECORDED] + (key[3] % m[CYCLE]) * m[BUSINESSES] + b
        for moment in range(m[known], m[known + 1]):
            if at >= room:
                return NOBODY
            m[at] = m[moment]
            at += 1
        return at
    piece, last = m[business + PIECE], m[business + PIECE_END]
    busy = busyness(m, f, key, b)
    if piece == last or busy <= 0.0:
        return at
    bent = m[F_PIECES]
    total, reached, pair = f[bent + (last - 1) * F_PIECE_ROW + ACCUMULATED_AFTER], 0.0, 0
    while True:
        one, other = block(key, m[business + CODE], BY_ARRIVAL, pair)
        pair += 1
        for half in range(2):
            reached -= math.log1p(-(one if half == 0 else other)) / busy
            if reached >= total:
                return at
            while f[bent + piece * F_PIECE_ROW + ACCUMULATED_AFTER] <= reached:
                piece += 1
            if at >= room:
                return NOBODY
            here, whole = bent + piece * F_PIECE_ROW, m[PIECES] + piece * PIECE_ROW
            inside = int((reached - f[here + ACCUMULATED]) / f[here + PER_MS])
            m[at] = min(m[whole + PIECE_START] + inside, m[whole + PIECE_STOP] - 1)
            at += 1


@compiled
def draw(m: Ints, f: Floats, key: Key) -> int:
    """Fill the rows of all who come that day, by arrival; where the last ends, or NOBODY without room for them.

    At the same ms they come in the order of the businesses.
    """
    heads, rows, at = m[HEADS], m[BUSINESS_ROWS], m[MOMENTS]
    m[heads] = 0
    for b in range(m[BUSINESSES]):
        business, first = rows + b * BUSINESS_ROW, at
        at = arrivals(m, f, key, b, first)
        if at < 0 or m[VISITORS] + (at - m[MOMENTS]) * ROW > m[VISITORS_END]:
            return NOBODY
        m[business + CURSOR] = m[business + FIRST_MOMENT] = first
        if at > first:
            push(m, heads, (m[first] << _BITS) + b)
            # The last is followed by a moment that never comes, so that no end has to be kept.
            m[at] = NEVER
            at += 1
    who = m[VISITORS]
    while m[heads] > 0:
        least = m[heads + 1]
        b = least & ((1 << _BITS) - 1)
        business = rows + b * BUSINESS_ROW
        cursor = m[business + CURSOR]
        m[who + AT] = least >> _BITS
        visit(m, f, key, b, cursor - m[business + FIRST_MOMENT], who)
        who += ROW
        m[business + CURSOR] = cursor + 1
        if m[cursor + 1] < NEVER:
            sink(m, heads, (m[cursor + 1] << _BITS) + b)
        else:
            pop(m, heads)
    return who


@compiled
def visit(m: Ints, f: Floats, key: Key, b: int, number: int, who: int) -> None:
    """All that belongs to one visitor, but the moment of coming."""
    business = m[BUSINESS_ROWS] + b * BUSINESS_ROW
    real, code = m[F_BUSINESS] + b * (F_EDGES + m[CLASSES]), m[business + CODE]
    m[who + STATE], m[who + BUSINESS], m[who + RETURNS] = COMING, b, 0
    m[who + CALLED_AT], m[who + STARTED_AT], m[who + WINDOW] = NOBODY, NOBODY, NOBODY
    m[who + PRIORITY], m[who + HEAD_START] = NOBODY, 0
    m[who + TIE], m[who + ABSENT], m[who + BACK] = NOBODY, 0, NOBODY
    one, other = block(key, code, BY_SERVICE_AND_PRIORITY, number)
    m[who + WALK], m[who + REVIEWED], m[who + LEAVES] = 0, 0, NEVER
    family, spread = business + SERVICE_KIND, real + F_SERVICE
    if m[business + WALK_KIND] != NO_FAMILY or f[real + F_REVIEWED_SHARE] > 0.0:
        walk, review = block(key, code, BY_WALK_AND_REVIEW, number)
        m[who + WALK] = max(0, length(m, f, business + WALK_KIND, real + F_WALK, walk))
        if review < f[real + F_REVIEWED_SHARE]:
            # The same number, so that checking the papers shortens this very visitor's service.
            m[who + REVIEWED], family, spread = 1, business + REVIEWED_KIND, real + F_REVIEWED
    m[who + SERVICE] = length(m, f, family, spread, one)
    for each in range(m[CLASSES]):
        if other < f[real + F_EDGES + each]:
            m[who + PRIORITY], m[who + HEAD_START] = each, m[m[GROUNDS] + each]
            break
    if m[business + PATIENCE_KIND] != NO_FAMILY or f[real + F_RETURNING] > 0.0:
        one, other = block(key, code, BY_PATIENCE_AND_RETURN, number)
        patience = length(m, f, business + PATIENCE_KIND, real + F_PATIENCE, one)
        m[who + LEAVES] = NEVER if patience < 0 else m[who + AT] + patience
        # The same number tells whether and where, so that a larger share only adds to those who come back.
        first, many = m[business + MAIN], m[business + MAIN_END] - m[business + MAIN]
        if other < f[real + F_RETURNING] and many > 0:
            m[who + TIE] = m[first + int(other / f[real + F_RETURNING] * many)]
    later(m, f, key, b, number, who)
    m[who + BALKS_OVER] = NOBODY
    if f[real + F_BALKING] > 0.0:
        one, other = block(key, code, BY_BALKING, number)
        if one < f[real + F_BALKING]:
            m[who + BALKS_OVER] = m[business + BALKING]
    m[who + RETURNING] = 1 if m[who + TIE] >= 0 else 0
    if f[real + F_ABSENT] > 0.0:
        one, other = block(key, code, BY_ABSENT_AND_BACK, number)
        m[who + ABSENT] = 1 if one < f[real + F_ABSENT] else 0
        m[who + BACK] = length(m, f, business + BACK_KIND, real + F_BACK, other)


@compiled
def later(m: Ints, f: Floats, key: Key, b: int, number: int, who: int) -> None:
    """Another business on the same number: how long it takes and how long its turn is waited for are drawn of that."""
    real, code = m[F_BUSINESS] + b * (F_EDGES + m[CLASSES]), m[m[BUSINESS_ROWS] + b * BUSINESS_ROW + CODE]
    m[who + THEN], m[who + EARLIER], m[who + QUEUED_AT] = NOBODY, NOBODY, m[who + AT]
    if f[real + F_LATER] > 0.0:
        one, _ = block(key, code, BY_LATER, number)
        if one < f[real + F_LATER]:
            then = m[m[BUSINESS_ROWS] + b * BUSINESS_ROW + LATER]
            business, real = m[BUSINESS_ROWS] + then * BUSINESS_ROW, m[F_BUSINESS] + then * (F_EDGES + m[CLASSES])
            one, other = block(key, code, BY_LATER_SERVICE_AND_PATIENCE, number)
            m[who + THEN] = then
            m[who + THEN_SERVICE] = length(m, f, business + SERVICE_KIND, real + F_SERVICE, one)
            m[who + THEN_PATIENCE] = length(m, f, business + PATIENCE_KIND, real + F_PATIENCE, other)


@compiled
def length(m: Ints, f: Floats, family: int, real: int, u: float) -> int:
    """A duration of a family; NOBODY where the scenario has none."""
    if m[family] == NO_FAMILY:
        return NOBODY
    return duration(m[family], f[real], f[real + 1], m, m[family + 1], f, u)

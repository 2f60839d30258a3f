"""Days one after another in compiled code: draw who comes, play the day, keep what the figures need."""

from simulation.compiled import compiled
from simulation.kernel import play
from simulation.kernel_draws import draw
from simulation.kernel_rows import (
    ALARMS,
    AT,
    BACKS,
    BUSINESS,
    BUSINESS_ROW,
    BUSINESS_ROWS,
    BUSINESSES,
    BUSY_MS,
    CALLED_AT,
    CALLS_ARE_DUE,
    CELL,
    CYCLE,
    DESK,
    DESK_PLACE,
    DESK_ROWS,
    DESK_SIZE,
    DONE,
    EARLIER,
    EARLIER_TOOK,
    EARLIER_WAITED,
    FINISHED,
    FREE,
    GIVEN_OUT,
    GONE_AT,
    HEAD,
    IDLE_PLACE,
    LEAVES,
    LEFT,
    LINED_UP,
    NEVER,
    NEXT_DONE,
    NOBODY,
    NUMBER_BITS,
    OPEN_MS,
    OWN,
    PRIORITY,
    QUEUED_AT,
    RETURNING,
    ROW,
    SERVED,
    SHOWN,
    SINCE,
    STARTED_AT,
    STATE,
    TIED,
    TURNS,
    VISITOR,
    VISITORS,
    WINDOWS,
    Floats,
    Ints,
)

# The line of a counted visitor's turn: business, kind (as `tally.KINDS`), the wait until called, that until leaving,
# the service, each NOBODY where there was none.
LINE = 5
(OF_BUSINESS, OF_KIND, WAITED, GAVE_UP, SERVICE_TOOK) = range(LINE)
(ORDINARY, WITH_GROUND, RETURN) = range(3)
# A window's line of a day: time open, time with a visitor, visitors served.
WINDOW_LINE = 3
Seed = tuple[int, int, int]


@compiled
def reset(m: Ints) -> None:
    """An empty hall with closed windows."""
    m[m[ALARMS]] = m[m[BACKS]] = 0
    for place in range(CALLS_ARE_DUE, HEAD):
        m[place] = 0
    m[NEXT_DONE] = NEVER << NUMBER_BITS
    for b in range(m[BUSINESSES]):
        business = m[BUSINESS_ROWS] + b * BUSINESS_ROW
        for place in range(FREE, TIED + 2):
            m[business + place] = NOBODY
        m[business + LINED_UP] = m[business + GIVEN_OUT] = m[business + SHOWN] = 0
    for window in range(m[WINDOWS]):
        desk = m[DESK_ROWS] + window * m[DESK_SIZE]
        for place in range(DESK):
            m[desk + place] = 0
        m[desk + VISITOR], m[desk + IDLE_PLACE], m[desk + DESK_PLACE] = NOBODY, NOBODY, window
        m[m[DONE] + window] = (NEVER << NUMBER_BITS) + desk
        for b in range(m[BUSINESSES]):
            own = desk + DESK + b * CELL + OWN
            m[own], m[own + 1] = NOBODY, NOBODY


@compiled
def one_day(m: Ints, f: Floats, seed: Seed, day: int, plans: Ints, ends: Ints, ends_first: Ints, place: int) -> int:
    """Draw and play a day; where its visitors end, or NOBODY without room. Its ends are those of `place`."""
    low, high, top = seed
    last = draw(m, f, (low, high, top, day))
    if last >= 0:
        reset(m)
        of_round = day % m[CYCLE]
        play(m, last, plans[of_round], plans[of_round + 1], ends, ends_first[place], ends_first[place + 1])
    return last


@compiled
def days(
    m: Ints,
    f: Floats,
    seed: Seed,
    plans: Ints,
    ends: Ints,
    ends_first: Ints,
    begin: int,
    end: int,
    lines: Ints,
    first: Ints,
    windows: Ints,
) -> int:
    """Play the days from `begin` to before `end`; the first that had no room any more, or `end`.

    Written are the lines of counted visitors, where those of each day begin, and the windows' lines day by day.
    """
    for day in range(begin, end):
        place = day - begin
        last = one_day(m, f, seed, day, plans, ends, ends_first, place)
        line = first[place]
        if last < 0 or (line + (last - m[VISITORS]) // ROW * m[TURNS]) * LINE > len(lines):
            return day
        for who in range(m[VISITORS], last, ROW):
            line += keep(m, who, lines, line * LINE)
        first[place + 1] = line
        for window in range(m[WINDOWS]):
            at, desk = (place * m[WINDOWS] + window) * WINDOW_LINE, m[DESK_ROWS] + window * m[DESK_SIZE]
            windows[at], windows[at + 1], windows[at + 2] = m[desk + OPEN_MS], m[desk + BUSY_MS], m[desk + SERVED]
    return end


@compiled
def keep(m: Ints, who: int, lines: Ints, at: int) -> int:
    """Write a visitor's lines, one for each turn; how many: none for one who came during the warm-up."""
    state, since, written = m[who + STATE], m[who + QUEUED_AT], 0
    if m[who + AT] < m[SINCE]:
        return 0
    ground = WITH_GROUND if m[who + PRIORITY] >= 0 else ORDINARY
    kind = RETURN if m[who + RETURNING] else ground
    if m[who + EARLIER] >= 0:
        lines[at + OF_BUSINESS], lines[at + OF_KIND], lines[at + GAVE_UP] = m[who + EARLIER], kind, NOBODY
        lines[at + WAITED], lines[at + SERVICE_TOOK] = m[who + EARLIER_WAITED], m[who + EARLIER_TOOK]
        written, at = 1, at + LINE
    lines[at + OF_BUSINESS], lines[at + OF_KIND] = m[who + BUSINESS], kind
    lines[at + WAITED] = m[who + CALLED_AT] - since if m[who + CALLED_AT] >= 0 else NOBODY
    lines[at + GAVE_UP] = m[who + LEAVES] - since if state == LEFT else NOBODY
    lines[at + SERVICE_TOOK] = m[who + GONE_AT] - m[who + STARTED_AT] if state == FINISHED else NOBODY
    return written + 1

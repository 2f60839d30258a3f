"""How the kernel keeps a hall: one long row of whole numbers, in which everything has its place; what each number is.

`m` is that row. Whoever and whatever is in it (a visitor, a window, a business, a heap) is named by where it begins.
Compiled it is an array, as plain Python a list. What is not whole is in a row `f` of its own. Durations and moments in
ms, moments after midnight.
"""

Ints = list[int]
Floats = list[float]

NOBODY = -1
NEVER = 2**32
# A place in the high bits and the running number of entering in the low ones sorts as (place, entered) does, and
# what is added to a place is moved as far.
PLACE = 32
# Deadlines are heaped by moment, then kind, then visitor or window.
NUMBER_BITS = 30
KIND_BITS = 2
ALARM_BITS = KIND_BITS + NUMBER_BITS
# The kinds in the order of their names in the core.
(NOT_BEFORE, RETURN_OVER_ALARM, TIE_RELEASE) = range(3)

# The head of the row: the scenario's rules, then where things are, then what the day counts.
(
    BUSINESSES, WINDOWS, CLASSES, CYCLE, HAS_TIES, HAS_PATIENCE, AFFINITY, AFFINITY_RELEASE, MAX_ADVANCE,
    RETURN_HEAD_START, MAX_CALLS, RECALL_GAP, RETURN_WITHIN, RETURN_BEHIND, SINCE, UNTIL,
    BUSINESS_ROWS, DESK_ROWS, DESK_SIZE, PIECES, RECORDED, PLAN, GROUNDS,
    F_BUSINESS, F_PIECES, DAY_CURVE, TURNS,
    IDLE, LINED, DONE, ALARMS, BACKS, TOLD, VISITORS, VISITORS_END, MOMENTS, HEADS,
    CALLS_ARE_DUE, ENTERED, IDLE_NOW, LINED_NOW, NEXT_DONE, TOLD_NOW,
) = range(43)  # fmt: skip
HEAD = 43

# A business: its two lanes as first and last visitor (those tied to no window, those tied to one), how many stand in
# both and where it is among the businesses with anybody there; which waits let another window help; what is drawn;
# how many numbers were given out and which the display shows; where the curve of its busy and quiet days begins; and
# which business some of its visitors have besides.
BUSINESS_ROW = 31
(
    FREE, FREE_LAST, TIED, TIED_LAST, LINED_UP, LINED_PLACE, STEPS, STEPS_END,
    CODE, IS_RECORDED, PIECE, PIECE_END, MAIN, MAIN_END, CURSOR, FIRST_MOMENT,
    SERVICE_KIND, SERVICE_VALUES, PATIENCE_KIND, PATIENCE_VALUES, BACK_KIND, BACK_VALUES,
    WALK_KIND, WALK_VALUES, REVIEWED_KIND, REVIEWED_VALUES, BALKING, GIVEN_OUT, SHOWN,
    OWN_DAY_CURVE, LATER,
) = range(BUSINESS_ROW)  # fmt: skip
# Of a business what is not whole: shares, then mean and spread of each family, then the classes' accumulated shares.
F_RETURNING, F_ABSENT, F_REVIEWED_SHARE, F_BALKING, F_LATER = range(5)
F_SERVICE, F_PATIENCE, F_BACK, F_WALK, F_REVIEWED, F_EDGES = range(5, 17, 2)
PIECE_ROW, F_PIECE_ROW = 2, 3
# When windows open and close: the moment, the window, whether it opens.
PLAN_ROW = 3
(PIECE_START, PIECE_STOP) = range(PIECE_ROW)
(PER_MS, ACCUMULATED, ACCUMULATED_AFTER) = range(F_PIECE_ROW)

# A window: open or not, whether it closes after its visitor, who is there, its place among the windows, idle since when
# and where among the idle, since when it is open or closed; counted between warm-up and horizon the time open and with
# a visitor, and how many were served. Then a cell for each business, with the lane of the window's own.
DESK = 10
(OPEN, CLOSING, VISITOR, DESK_PLACE, IDLE_SINCE, IDLE_PLACE, CHANGED_AT, OPEN_MS, BUSY_MS, SERVED) = range(DESK)
CELL = 4
(OWN, OWN_LAST, RELUCTANCE, HELD_BACK) = range(CELL)

# A visitor. BUSINESS is that of the present turn; of one with another turn to come the business, service and patience
# of it; since when the present turn waits; and of a turn that is over the business, the wait and the service.
ROW = 37
(AT, BUSINESS, SERVICE, LEAVES, HEAD_START, PRIORITY, TIE, RETURNING, ABSENT, BACK, WALK, REVIEWED) = range(12)
(STATE, KEY, ENTERED_AT, RIPE, STEP, CALLED_AT, WINDOW, HERE_SINCE, STARTED_AT, CALLS) = range(12, 22)
(RETURNS, GONE_AT, NEXT, BEFORE, OWN_NEXT, OWN_BEFORE, BALKS_OVER, NUMBER) = range(22, 30)
(THEN, THEN_SERVICE, THEN_PATIENCE, QUEUED_AT, EARLIER, EARLIER_WAITED, EARLIER_TOOK) = range(30, ROW)

# Where a visitor stands, and how a visit ended.
(COMING, WAITING, CALLED, SERVING, MISSED, FINISHED, LEFT, RETURN_OVER, DAY_OVER) = range(9)

# What is told: the act, the visitor, the window, the moment.
TOLD_ROW = 4
(
    WINDOW_OPENED, WINDOW_CLOSED, ISSUED, CALL, RECALL, START, FINISH, MISS, REQUEUE, RELEASE, RIPEN,
    VOID_LEFT, VOID_RETURN, VOID_DAY, NEXT_TURN,
) = range(15)  # fmt: skip

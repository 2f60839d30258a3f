"""The rules' arithmetic in plain whole numbers: the server computes with it, and the planner compiles the very same.

Durations and moments in ms. A place may also be any number that sorts as (place, entry) does, with durations to match.
"""


def head_start_place(now: int, head_start: int, max_advance: int) -> int:
    """A number taken now: the head start back, but never more than `max_advance`."""
    return now - min(head_start, max_advance)


def bounded_place(place: int, now: int, max_advance: int) -> int:
    """A place that may be kept, but never more than `max_advance` back."""
    return max(place, now - max_advance)


def cost(place: int, reluctance: int, affinity: int = 0) -> int:
    """What a window compares: the smallest is called."""
    return place + reluctance + affinity


def tie_cost(affinity: int, tied: bool, own: bool) -> int:  # noqa: FBT001 -- compiled code knows no other arguments
    """What a tie adds to the cost: nothing for nobody's and for one's own, `affinity` for somebody else's."""
    return affinity if tied and not own else 0


def holds_back(ripe: int, not_before: int) -> bool:
    """Whether a window still leaves a business alone, whose first visitor has surely waited for `ripe`."""
    return ripe < not_before


def release_at(away_since: int, entered_at: int, after: int) -> int:
    """When a tie ends: `after` its window or clerk went away, or after the visitor came, if that was later."""
    return max(away_since, entered_at) + after

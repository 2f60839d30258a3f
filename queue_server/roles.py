"""Who is who: the roles that may do a kind of thing, named once for routes, socket events and acts."""

READERS = frozenset({"kiosk", "guide", "clerk", "manager", "display"})
TAKERS = frozenset({"kiosk", "guide", "clerk", "manager"})
GUIDES = frozenset({"guide", "clerk", "manager"})
# A booking office of any vendor is a manager's program, a counter in the hall a clerk.
BOOKERS = frozenset({"clerk", "manager"})
CLERKS = frozenset({"clerk", "manager"})
# What a kiosk says of itself, nobody else says for it.
KIOSKS = frozenset({"kiosk"})
MANAGERS = frozenset({"manager"})
# The voice belongs to the screens on the wall.
SPEAKERS = frozenset({"display"})
ANYONE: frozenset[str] = frozenset()

# The roles of programs and of people, as they are made on the command line.
PROGRAMS = ("kiosk", "guide", "clerk", "manager")
PEOPLE = ("guide", "clerk", "manager")


def granter(role: str) -> str:
    """The most that a role may grant of the priority classes: what a visitor, a guide or a clerk at a window may."""
    return {"guide": "guide", "clerk": "window", "manager": "window"}.get(role, "self")

"""The conditions that the partial indexes are made by, word for word as the statements that walk them say them.

They are written out, not bound: only so do the databases see which small index to walk.
"""

from sqlalchemy import text

WAITING = text("state = 'waiting'")
CALLABLE = text("state = 'waiting' AND callable_from IS NULL")
EARLY = text("state = 'waiting' AND callable_from IS NOT NULL")
FREE = text("state = 'waiting' AND tie IS NULL AND callable_from IS NULL")
TIED = text("state = 'waiting' AND tie IS NOT NULL AND callable_from IS NULL")
OPEN = text("state NOT IN ('finished', 'void')")
# The entries that the newest calls on a board are read from.
CALLS = text("act IN ('called', 'recalled', 'undone')")

"""The tables: the journal is the truth, the others are projections of it or credentials."""

from queue_server.storage.tables.of_callers import keys as keys
from queue_server.storage.tables.of_callers import requests as requests
from queue_server.storage.tables.of_callers import sessions as sessions
from queue_server.storage.tables.of_callers import staff as staff
from queue_server.storage.tables.of_callers import tokens as tokens
from queue_server.storage.tables.of_halls import absences as absences
from queue_server.storage.tables.of_halls import counters as counters
from queue_server.storage.tables.of_halls import hall_plans as hall_plans
from queue_server.storage.tables.of_halls import halls as halls
from queue_server.storage.tables.of_halls import journal as journal
from queue_server.storage.tables.of_halls import notes as notes
from queue_server.storage.tables.of_halls import quotas as quotas
from queue_server.storage.tables.of_halls import windows as windows
from queue_server.storage.tables.of_visits import bookings as bookings
from queue_server.storage.tables.of_visits import cases as cases
from queue_server.storage.tables.of_visits import tickets as tickets
from queue_server.storage.tables.schema import metadata as metadata

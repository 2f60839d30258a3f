"""How hard a property is tried: a few examples, the same every time, or many new ones under `make prove`."""

from hypothesis import HealthCheck, settings

_SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.data_too_large]

# The same examples on every machine, so that a change and nothing else makes a test fail.
BOUNDED = settings(max_examples=70, derandomize=True, deadline=None, suppress_health_check=_SLOW_IS_FINE)
# Much can happen in a hall, and what is rare comes only in many days.
DAYS = settings(BOUNDED, max_examples=150)
LONG = settings(max_examples=3_000, deadline=None, suppress_health_check=_SLOW_IS_FINE, print_blob=True)

"""A history made into demand: rates by weekday, families of service and patience, and how well each of them fits."""

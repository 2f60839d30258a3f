"""The HTTP interface: each module holds the routes of one subject; `operation` guards them all alike."""

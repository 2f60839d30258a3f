"""Playing: a scenario's visitors and clerks drive a running server through its public API, faster than life."""

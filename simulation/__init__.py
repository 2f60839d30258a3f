"""The same hall in simulated time: histories, demand, scenarios, the engine, the planner."""

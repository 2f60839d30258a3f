"""Small halls for tests of the simulation."""

from typing import Any

from simulation.scenario import Scenario


def scenario_of(arrivals: dict[str, dict[str, Any]], count: int = 1, **more: Any) -> Scenario:
    """A hall whose `count` windows serve everything all day; `more` are fields of the scenario or of all businesses."""
    service = more.pop("service", {"kind": "exponential", "mean_s": 60})
    patience = more.pop("patience", None)
    return Scenario.model_validate(
        {
            "name": "small",
            "businesses": {
                code: {"arrivals": each, "service": service, "patience": patience} for code, each in arrivals.items()
            },
            "windows": [
                {"window": number, "reluctance": dict.fromkeys(arrivals, 0), "schedule": [[0, 86400]]}
                for number in range(1, count + 1)
            ],
            **more,
        }
    )


def recorded(*days: list[int]) -> dict[str, Any]:
    """Arrivals at these moments (ms after midnight), day by day."""
    return {"kind": "recorded", "days": list(days)}

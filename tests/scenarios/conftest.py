"""After the scenarios: a table of the sixteen rows, what ran of each and what it still waits for."""

import pytest

from tests.scenarios.telling import Scenario, every

_ended: dict[str, str] = {}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember how each scenario ended, in whichever process it ran."""
    name = report.nodeid.rpartition("[")[2].rstrip("]")
    if "tests/scenarios/" in report.nodeid and (report.when == "call" or not report.passed):
        _ended[name] = report.outcome


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table."""
    if not _ended:
        return
    told = [scenario for scenario in every() if scenario.waits is not None or scenario.id in _ended]
    terminalreporter.section("服务大厅场景")
    rows: dict[str, list[Scenario]] = {}
    for scenario in told:
        rows.setdefault(scenario.row, []).append(scenario)
    for number, (row, scenarios) in enumerate(rows.items(), 1):
        terminalreporter.write_line(f"{number:2} {row}：{_said(scenarios)}")
    run = [s for s in told if s.waits is None]
    running = sum(any(s.waits is None for s in scenarios) for scenarios in rows.values())
    terminalreporter.write_line(
        f"{len(rows)} 行 {len(told)} 个场景：{running} 行在跑（{len(run)} 个场景，通过 {_passed(run)}），"
        f"{len(rows) - running} 行只在等，另有 {len(told) - len(run)} 个场景在等"
    )


def _said(scenarios: list[Scenario]) -> str:
    run = [s for s in scenarios if s.waits is None]
    waits = list(dict.fromkeys(s.waits for s in scenarios if s.waits is not None))
    said = [f"通过 {_passed(run)}/{len(run)}"] if run else []
    return "；".join([*said, *(f"等{each}" for each in waits)])


def _passed(scenarios: list[Scenario]) -> int:
    return sum(_ended[s.id] == "passed" for s in scenarios)

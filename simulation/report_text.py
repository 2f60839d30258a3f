"""A report in lines for a terminal."""

from simulation.report import Report


def text(report: Report) -> str:
    """The report for a person at a terminal."""
    lines: list[str] = []
    replications = f"{report.replications} replications of {report.days_per_replication} day(s)"
    lines.append(f"{report.scenario}: {report.days} days, seed {report.seed}, {replications}")
    if report.stopped is not None:
        ended = "narrow enough" if report.stopped.reached else "still wider than asked"
        lines.append(f"The interval of {report.stopped.figure} is {ended} (± {report.stopped.relative:.2%} of it).")
    lines.append(f"95 % intervals; waits (s) and the share within {report.target_s:g} s of those who were called\n")
    lines.append(f"{'':8}{'visitors':>9}  {'mean wait':>17}  {'P50':>8}  {'P90':>17}  {'within':>8}  {'left':>7}")
    kinds = {name: figures for name, figures in report.kinds.items() if 0 < figures.customers < report.customers}
    for name, figures in [("all", report.overall), *report.businesses.items(), *kinds.items()]:
        lines.append(
            f"{name:8}{figures.customers:>9}  {_interval(figures.wait_mean_s, figures.half_width_s):>17}  "
            f"{_number(figures.wait_p50_s):>8}  {_interval(figures.wait_p90_s, figures.wait_p90_half_width_s):>17}  "
            f"{_share(figures.within_target):>8}  {_share(figures.abandoned):>7}"
        )
    lines.append(f"\n{'window':8}{'served':>9}  {'busy':>17}")
    for number, window in report.windows.items():
        lines.append(f"{number:<8}{window.served:>9}  {_share(window.utilisation):>17}")
    if report.overall.unserved:
        lines.append(f"\n{report.overall.unserved} visitors were missed for good or still there when their day ended.")
    return "\n".join(lines)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _interval(value: float | None, half_width: float | None) -> str:
    return _number(value) if half_width is None else f"{_number(value)} ± {half_width:.1f}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.1%}"

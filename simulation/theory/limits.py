"""What large halls come near to: the limits of Halfin and Whitt, and of Garnett with impatience."""

from math import erf, exp, pi, sqrt


def halfin_whitt(beta: float) -> float:
    """Limit of P(must wait) with c = a + beta sqrt(a) windows: 1 / (1 + beta Phi(beta) / phi(beta)).

    Halfin and Whitt, Operations Research 29(3) (1981) 567-588.
    """
    below = (1 + erf(beta / sqrt(2))) / 2
    density = exp(-beta * beta / 2) / sqrt(2 * pi)
    return 1 / (1 + beta * below / density)


def garnett(beta: float, service: float = 1.0, leaving: float = 1.0) -> float:
    """Limit of P(must wait) in M/M/c+M with c = a + beta sqrt(a) windows and patience of rate `leaving`.

    Garnett, Mandelbaum and Reiman, M&SOM 4(3) (2002) 208-227: with s = sqrt(service / leaving) and the hazard h of the
    normal distribution it is 1 / (1 + h(s beta) / (s h(-beta))); with patience like service that is 1 - Phi(beta).
    """
    scale = sqrt(service / leaving)
    return 1 / (1 + _hazard(beta * scale) / (scale * _hazard(-beta)))


def _hazard(x: float) -> float:
    """The normal density over the chance of more than x."""
    return exp(-x * x / 2) / sqrt(2 * pi) / ((1 - erf(x / sqrt(2))) / 2)

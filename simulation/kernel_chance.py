"""Chance by number: Philox 4x32-10 gives any visitor's numbers without those before; durations by inversion.

Written in plain numbers and `math` alone, so that compiled or not it gives the same to the last bit. Salmon, Moraes,
Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3 (2011). Wichura: Algorithm AS 241 (1988).
"""

import math

from simulation.compiled import compiled

WORD = 0xFFFFFFFF
# Nothing of a day outlasts this (ms), so a longer duration is as good as this one.
LONGEST = 2**30
EXPONENTIAL, LOGNORMAL, VALUES, GAMMA, WEIBULL = range(5)
# Gamma quantiles are looked up by their normal ones: the logarithm at so many nodes a unit, from -CURVE_END to
# CURVE_END, beyond which a number of 53 bits has none.
CURVE_STEPS, CURVE_END = 16, 8.25
CURVE_NODES = int(2 * CURVE_END * CURVE_STEPS) + 1


@compiled
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """The four 32-bit words of one block: ten rounds over a counter of four words, with a key of two."""
    for _ in range(10):
        first, second = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        # What overflows when compiled is masked away here as well.
        c0, c1, c2, c3 = (
            ((second >> 32) & WORD) ^ c1 ^ k0,
            second & WORD,
            ((first >> 32) & WORD) ^ c3 ^ k1,
            first & WORD,
        )
        k0, k1 = (k0 + 0x9E3779B9) & WORD, (k1 + 0xBB67AE85) & WORD
    return c0, c1, c2, c3


@compiled
def uniform(high: int, low: int) -> float:
    """Two words as a number in [0, 1) with 53 bits."""
    return ((high >> 5) * 67108864.0 + (low >> 6)) * (1.0 / 9007199254740992.0)


@compiled
def normal(u: float) -> float:
    """The standard normal quantile of 0 < u < 1, right to about 1e-16."""
    q = u - 0.5
    if abs(q) <= 0.425:  # noqa: PLR2004 -- the numbers are the method itself
        r = 0.180625 - q * q
        return (
            q
            * (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
            + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r
            + 133.14166789178437745) * r + 3.387132872796366608)
            / (((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
            + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r
            + 42.313330701600911252) * r + 1.0)
        )  # fmt: skip
    r = math.sqrt(-math.log(u if q < 0 else 1.0 - u))
    if r <= 5.0:  # noqa: PLR2004
        r -= 1.6
        found = (
            (((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r
            + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r
            + 4.6303378461565452959) * r + 1.42343711074968357734)
            / (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r
            + 0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494) * r
            + 2.05319162663775882187) * r + 1.0)
        )  # fmt: skip
    else:
        r -= 5.0
        found = (
            (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r
            + 0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358) * r
            + 5.4637849111641143699) * r + 6.6579046435011037772)
            / (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r
            + 7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531) * r
            + 0.59983220655588793769) * r + 1.0)
        )  # fmt: skip
    return -found if q < 0 else found


@compiled
def on_curve(curve: "list[float]", first: int, u: float) -> float:
    """The number of which a share `u` is smaller: from the curve's nodes at `first`, each with its height and slope.

    Both are of the logarithm, and the slope is per node, so that a cubic between two nodes meets both.
    """
    if u <= 0.0:
        return 0.0
    at = (normal(u) + CURVE_END) * CURVE_STEPS
    node = min(max(int(at), 0), CURVE_NODES - 2)
    s, here = at - node, first + 2 * node
    low, rise, high, then = curve[here], curve[here + 1], curve[here + 2], curve[here + 3]
    step = high - low
    return math.exp(low + s * (rise + s * ((3.0 * step - 2.0 * rise - then) + s * (rise + then - 2.0 * step))))


@compiled
def duration(kind: int, a: float, b: float, values: "list[int]", first: int, curves: "list[float]", u: float) -> int:
    """One duration (ms): `a` is the mean (ms), of the logarithm for LOGNORMAL with deviation `b`.

    Of VALUES `a` are in `values` from `first` on, each equally likely; GAMMA has its curve in `curves` from `first` on;
    WEIBULL has the logarithm of its scale (ms) in `a`, and one over its shape in `b`.
    """
    if kind == VALUES:
        return values[first + int(u * a)]
    if kind == EXPONENTIAL:
        ms = -a * math.log1p(-u)
    elif u <= 0.0:
        ms = 0.0
    elif kind == GAMMA:
        ms = on_curve(curves, first, u)
    elif kind == WEIBULL:
        ms = math.exp(a + b * math.log(-math.log1p(-u)))
    else:
        ms = math.exp(a + b * normal(u))
    return math.floor(ms + 0.5) if ms < LONGEST else LONGEST

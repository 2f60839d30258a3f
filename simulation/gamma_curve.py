"""The quantiles of a gamma distribution as the kernel looks them up: their logarithm and its slope at even nodes."""

from math import log, pi

import numpy as np
from scipy.special import gammainccinv, gammaincinv, gammaln, log_ndtr, ndtr

from simulation.kernel_chance import CURVE_END, CURVE_NODES, CURVE_STEPS

CURVE_SIZE = 2 * CURVE_NODES
# Below this the distribution is its own first term, whose logarithm can be told where the number itself is nothing.
_FIRST_TERM = 1e-12


def curve(mean: float, cv: float) -> list[float]:
    """Height and slope at every node, for a mean in any unit and a coefficient of variation of at least 0.001.

    The slope is what the heights rise by within one node. The number itself is right to a few parts in a million,
    and far better where `cv` is at most 1.
    """
    shape = cv**-2
    z = np.linspace(-CURVE_END, CURVE_END, CURVE_NODES)
    tiny = (log_ndtr(z) + gammaln(shape + 1)) / shape
    found = np.where(z < 0, gammaincinv(shape, ndtr(z)), gammainccinv(shape, ndtr(-z)))
    is_tiny = found < _FIRST_TERM
    height = np.where(is_tiny, tiny, np.log(np.where(is_tiny, 1.0, found)))
    # The density of the logarithm; that of the normal distribution over it is the slope.
    density = shape * height - np.exp(height) - gammaln(shape)
    slope = np.exp(-z * z / 2 - log(2 * pi) / 2 - density) / CURVE_STEPS
    scale = log(mean) - log(shape)
    return [float(number) for pair in zip(height + scale, slope, strict=True) for number in pair]

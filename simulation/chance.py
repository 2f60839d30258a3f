"""Families of random durations as a scenario names them, in seconds: by a mean, by a shape, or as measured."""

from math import gamma
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

DAY_S = 86_400
Seconds = Annotated[float, Field(ge=0, le=DAY_S, allow_inf_nan=False)]
PositiveSeconds = Annotated[float, Field(gt=0, le=100 * DAY_S, allow_inf_nan=False)]


class Part(BaseModel):
    """A part of a scenario: frozen, and a field it does not know is an error, because it is a misspelt one."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class _ByMean(Part):
    """A family that is told by its mean."""

    kind: str
    mean_s: Seconds

    @property
    def expected_s(self) -> float:
        """The mean (s)."""
        return self.mean_s


class Constant(_ByMean):
    """Always the same."""

    kind: Literal["constant"] = "constant"


class Exponential(_ByMean):
    """The exponential distribution."""

    kind: Literal["exponential"] = "exponential"
    mean_s: PositiveSeconds


class Lognormal(_ByMean):
    """The lognormal distribution by its mean and coefficient of variation (standard deviation / mean)."""

    kind: Literal["lognormal"] = "lognormal"
    mean_s: PositiveSeconds
    cv: Annotated[float, Field(ge=0, le=20, allow_inf_nan=False)]


class Gamma(_ByMean):
    """The gamma distribution by its mean and coefficient of variation (standard deviation / mean)."""

    kind: Literal["gamma"] = "gamma"
    mean_s: PositiveSeconds
    cv: Annotated[float, Field(ge=0.001, le=20, allow_inf_nan=False)]


class Weibull(Part):
    """The Weibull distribution: `scale_s` is what 63 of 100 stay below; a shape below 1 has the long tail."""

    kind: Literal["weibull"] = "weibull"
    shape: Annotated[float, Field(ge=0.1, le=100, allow_inf_nan=False)]
    scale_s: PositiveSeconds

    @property
    def expected_s(self) -> float:
        """The mean (s)."""
        return self.scale_s * gamma(1 + 1 / self.shape)


class Empirical(Part):
    """Measured durations, each as likely as any other."""

    kind: Literal["empirical"] = "empirical"
    values_s: Annotated[tuple[Seconds, ...], Field(min_length=1)]

    @property
    def expected_s(self) -> float:
        """The mean (s)."""
        return sum(self.values_s) / len(self.values_s)


Duration = Annotated[Constant | Exponential | Lognormal | Gamma | Weibull | Empirical, Field(discriminator="kind")]

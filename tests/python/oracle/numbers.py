"""Rates, their Wilson intervals, medians and means, null where there is nothing."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from math import sqrt

from scipy.stats import norm

NORMAL_95 = float(norm.ppf(0.975))


def rate(count: float, total: float) -> float | None:
    """A rate, null without a denominator."""
    return count / total if total else None


def wilson_interval(count: int, total: int) -> tuple[float | None, float | None]:
    """The 95 % Wilson interval of a rate (DESIGN.md: their bounds 95 % Wilson)."""
    if not total:
        return None, None
    share, square = count / total, NORMAL_95**2
    centre = (share + square / (2 * total)) / (1 + square / total)
    spread = NORMAL_95 * sqrt(share * (1 - share) / total + square / (4 * total**2))
    half_width = spread / (1 + square / total)
    return max(centre - half_width, 0.0), min(centre + half_width, 1.0)


def median(values: Sequence[float]) -> float | None:
    """The median, half-way between the two middle values of an even number."""
    return statistics.median(values) if values else None


def mean(values: Sequence[float]) -> float | None:
    """The mean, null of nothing."""
    return sum(values) / len(values) if values else None


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which a share lies, between two values in proportion."""
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])

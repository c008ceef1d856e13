"""Experiments: a number per unit, then scipy (SEMANTICS.md section 6)."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import pandas as pd
from scipy import stats

from oracle.definitions import EventNames, cell, filled_cells, is_between, rows_of
from oracle.records import (
    DAY,
    Event,
    as_number,
    by_person,
    to_events,
    to_frame,
    with_built_in_events,
)

MISMATCH_BELOW = 0.001
RESULT_COLUMNS = [
    "experiment",
    "metric",
    "variant",
    "units",
    "mean",
    "control_mean",
    "absolute_effect",
    "absolute_standard_error",
    "absolute_interval_low",
    "absolute_interval_high",
    "absolute_p_value",
    "relative_effect",
    "relative_standard_error",
    "relative_interval_low",
    "relative_interval_high",
    "relative_p_value",
]
HEALTH_COLUMNS = [
    "experiment",
    "exposed_units",
    "excluded_multi_variant_units",
    "srm_chi_square",
    "srm_p_value",
    "is_sample_ratio_mismatch",
]


@dataclass(frozen=True)
class Exposure:
    """A person's first exposure, to the only variant he or she was seen in."""

    person_id: str
    variant: str
    at: int


@dataclass(frozen=True)
class Arm:
    """One variant's units for one metric; `spread` is the variance of one unit."""

    units: int
    mean: float | None
    spread: float | None


def is_supported(definition: Mapping[str, Any]) -> bool:
    """Whether the oracle knows every option that the experiment uses."""
    return not filled_cells(definition, ["trigger_event", "cohort"])


def is_supported_metric(metric: Mapping[str, Any]) -> bool:
    """Whether the oracle knows every option that the metric uses."""
    return not filled_cells(metric, ["winsorize_at"])


def experiment_results(
    events: pd.DataFrame,
    experiments: pd.DataFrame,
    variants: pd.DataFrame,
    metrics: pd.DataFrame,
    named_events: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The core of `experiment_results`: unadjusted effects against the control."""
    names = EventNames(named_events)
    people = by_person(with_built_in_events(to_events(events)))
    rows: list[dict[str, Any]] = []
    for experiment in experiments.to_dict("records"):
        name = cell(experiment, "experiment")
        control = cell(experiment, "control_variant", "control")
        confidence = float(cell(experiment, "confidence", "0.95"))
        shares = expected_shares(name, variants)
        exposures, _ = find_exposures(people, experiment, shares, names)
        for metric in rows_of(metrics, experiment=name):
            arms = {
                variant: _arm(exposures, variant, people, metric, names)
                for variant in shares
            }
            for variant, arm in arms.items():
                if variant != control:
                    rows.append(
                        {
                            "experiment": name,
                            "metric": cell(metric, "metric"),
                            "variant": variant,
                            "units": arm.units,
                            "mean": arm.mean,
                            "control_mean": arms[control].mean,
                            **compare_arms(arm, arms[control], confidence),
                        }
                    )
    return to_frame(rows, RESULT_COLUMNS, RESULT_COLUMNS[:3])


def experiment_health(
    events: pd.DataFrame,
    experiments: pd.DataFrame,
    variants: pd.DataFrame,
    named_events: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The public table `experiment_health`: chi-square against the expected shares."""
    names = EventNames(named_events)
    people = by_person(with_built_in_events(to_events(events)))
    rows: list[dict[str, Any]] = []
    for experiment in experiments.to_dict("records"):
        name = cell(experiment, "experiment")
        shares = expected_shares(name, variants)
        exposures, excluded = find_exposures(people, experiment, shares, names)
        observed = [
            sum(exposure.variant == variant for exposure in exposures)
            for variant in shares
        ]
        chi_square, p_value = sample_ratio_mismatch(observed, list(shares.values()))
        rows.append(
            {
                "experiment": name,
                "exposed_units": len(exposures) + excluded,
                "excluded_multi_variant_units": excluded,
                "srm_chi_square": chi_square,
                "srm_p_value": p_value,
                "is_sample_ratio_mismatch": None
                if p_value is None
                else p_value < MISMATCH_BELOW,
            }
        )
    return to_frame(rows, HEALTH_COLUMNS, ["experiment"])


def expected_shares(experiment: str, variants: pd.DataFrame) -> dict[str, float]:
    """The variants of an experiment with the shares they should have."""
    return {
        cell(row, "variant"): float(cell(row, "expected_share", "1"))
        for row in rows_of(variants, experiment=experiment)
    }


def find_exposures(
    people: Mapping[str, Sequence[Event]],
    experiment: Mapping[str, Any],
    shares: Mapping[str, float],
    names: EventNames,
) -> tuple[list[Exposure], int]:
    """First exposures, and how many people were left out for seeing two variants."""
    exposures: list[Exposure] = []
    excluded = 0
    for person_id, own_events in people.items():
        seen = [
            (event, event.value_of(cell(experiment, "variant_property", "variant")))
            for event in own_events
            if _is_exposure(event, experiment, names)
        ]
        of_variants = [(event, variant) for event, variant in seen if variant in shares]
        if len({variant for _, variant in of_variants}) > 1:
            excluded += 1
        elif of_variants:
            event, variant = of_variants[0]
            exposures.append(Exposure(person_id, str(variant), event.at))
    return exposures, excluded


def metric_value(
    own_events: Sequence[Event],
    exposure: Exposure,
    metric: Mapping[str, Any],
    names: EventNames,
) -> tuple[float, float]:
    """A unit's number and its denominator (1 but for a ratio).

    The window starts at the unit's own exposure and ends `window_days` later, both
    inclusive. `binary`: at least once; `count`: how often; `mean`: the property's sum,
    0 without any; `ratio`: that sum (the count without a property) over the count of
    the denominator event.
    """
    window = float(cell(metric, "window_days", "14")) * DAY
    inside = [
        event for event in own_events if exposure.at <= event.at <= exposure.at + window
    ]
    done = [event for event in inside if names.matches(cell(metric, "event"), event)]
    kind, value_property = cell(metric, "metric_type"), cell(metric, "value_property")
    if kind == "binary":
        return float(bool(done)), 1.0
    if kind == "count":
        return float(len(done)), 1.0
    values = [as_number(event.value_of(value_property)) for event in done]
    total = float(len(done))
    if value_property:
        total = sum(value for value in values if value is not None)
    if kind == "mean":
        return total, 1.0
    denominator_event = cell(metric, "denominator_event")
    return total, float(sum(names.matches(denominator_event, each) for each in inside))


def arm_of_values(values: Sequence[float], is_binary: bool = False) -> Arm:
    """An arm of one number per unit; proportions have the variance p(1-p)."""
    if not values:
        return Arm(0, None, None)
    mean = sum(values) / len(values)
    if is_binary:
        return Arm(len(values), mean, mean * (1 - mean))
    spread = statistics.variance(values) if len(values) > 1 else None
    return Arm(len(values), mean, spread)


def arm_of_ratios(pairs: Sequence[tuple[float, float]]) -> Arm:
    """An arm of numerators and denominators: delta method on unit-level sums."""
    denominator = sum(pair[1] for pair in pairs)
    if not denominator:
        return Arm(len(pairs), None, None)
    ratio = sum(pair[0] for pair in pairs) / denominator
    mean_denominator = denominator / len(pairs)
    # Var(n - r d) / mean(d)^2 is the delta method's variance of one unit.
    residuals = [(above - ratio * below) / mean_denominator for above, below in pairs]
    spread = statistics.variance(residuals) if len(pairs) > 1 else None
    return Arm(len(pairs), ratio, spread)


def compare_arms(arm: Arm, control: Arm, confidence: float) -> dict[str, float | None]:
    """Effects of an arm against its control; null for what cannot be computed.

    Welch's t, unpooled; the relative effect (t - c) / abs(c) by the delta method, with
    the same degrees of freedom. Without variance there is an effect and no inference.
    """
    result: dict[str, float | None] = dict.fromkeys(RESULT_COLUMNS[6:])
    if arm.mean is None or control.mean is None:
        return result
    effect = arm.mean - control.mean
    result["absolute_effect"] = effect
    if control.mean != 0:
        result["relative_effect"] = effect / abs(control.mean)
    if min(arm.units, control.units) < 2 or not (arm.spread or control.spread):
        return result
    assert arm.spread is not None
    assert control.spread is not None
    test = stats.ttest_ind_from_stats(
        arm.mean,
        sqrt(arm.spread),
        arm.units,
        control.mean,
        sqrt(control.spread),
        control.units,
        equal_var=False,
    )
    own_variance, control_variance = (
        arm.spread / arm.units,
        control.spread / control.units,
    )
    freedom = (own_variance + control_variance) ** 2 / (
        own_variance**2 / (arm.units - 1) + control_variance**2 / (control.units - 1)
    )
    error = sqrt(own_variance + control_variance)
    reach = float(stats.t.ppf(0.5 + confidence / 2, freedom))
    result["absolute_standard_error"] = error
    result["absolute_interval_low"] = effect - reach * error
    result["absolute_interval_high"] = effect + reach * error
    result["absolute_p_value"] = float(test.pvalue)
    if control.mean == 0:
        return result
    relative = effect / abs(control.mean)
    relative_error = sqrt(
        own_variance / control.mean**2
        + control_variance * arm.mean**2 / control.mean**4
    )
    if relative_error == 0:
        return result
    result["relative_standard_error"] = relative_error
    result["relative_interval_low"] = relative - reach * relative_error
    result["relative_interval_high"] = relative + reach * relative_error
    p_value = 2 * float(stats.t.sf(abs(relative) / relative_error, freedom))
    result["relative_p_value"] = p_value
    return result


def sample_ratio_mismatch(
    observed: Sequence[int], shares: Sequence[float]
) -> tuple[float | None, float | None]:
    """Chi-square against the expected shares, k - 1 degrees of freedom."""
    units, total_share = sum(observed), sum(shares)
    if not units or len(observed) < 2:
        return None, None
    expected = [units * share / total_share for share in shares]
    test = stats.chisquare(list(observed), expected)
    return float(test.statistic), float(test.pvalue)


def _is_exposure(
    event: Event, experiment: Mapping[str, Any], names: EventNames
) -> bool:
    """The exposure event of this experiment, between its start and its end."""
    if not names.matches(cell(experiment, "exposure_event"), event):
        return False
    property_name = cell(experiment, "experiment_property")
    expected = cell(experiment, "experiment_value", cell(experiment, "experiment"))
    if property_name and event.value_of(property_name) != expected:
        return False
    return is_between(event.at, experiment, "started_at", "ended_at")


def _arm(
    exposures: Sequence[Exposure],
    variant: str,
    people: Mapping[str, Sequence[Event]],
    metric: Mapping[str, Any],
    names: EventNames,
) -> Arm:
    pairs = [
        metric_value(people[exposure.person_id], exposure, metric, names)
        for exposure in exposures
        if exposure.variant == variant
    ]
    kind = cell(metric, "metric_type")
    if kind == "ratio":
        return arm_of_ratios(pairs)
    return arm_of_values([value for value, _ in pairs], is_binary=kind == "binary")

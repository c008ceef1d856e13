"""Experiment results, held against scipy, statsmodels and tea-tasting.

The models that judge read sums over units (`experiment_statistics`): the tests put
thousands of drawn and simulated experiments there and let dbt judge them all at once.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
import tea_tasting as tt
from numpy.typing import NDArray
from scipy import integrate, stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import NormalIndPower

from databases import (
    DATABASE_NAME,
    build,
    copy_database,
    own_project,
    read,
    run_dbt,
)

Numbers = NDArray[np.float64]

DRAWS = 1_000
SIMULATED = 2_000
DAYS = 10
TRUE_EFFECT = 0.1
CORRECTIONS = {
    "benjamini_hochberg": "fdr_bh",
    "holm": "holm",
    "bonferroni": "bonferroni",
}
KINDS = ("binary", "count", "mean", "ratio", "cuped", "cuped_binary")


@dataclass
class Arm:
    """The units of one variant: values, and a denominator or covariate of each."""

    value: Numbers
    denominator: Numbers | None = None
    covariate: Numbers | None = None

    def totals(self) -> dict[str, Any]:
        y, d, x = self.value, self.denominator, self.covariate
        sums: dict[str, Any] = {"units": len(y), "total": y.sum()}
        sums["total_of_squares"] = (y * y).sum()
        if d is not None:
            sums |= {
                "denominator_total": d.sum(),
                "denominator_total_of_squares": (d * d).sum(),
                "product_total": (y * d).sum(),
            }
        if x is not None:
            sums |= {
                "covariate_total": x.sum(),
                "covariate_total_of_squares": (x * x).sum(),
                "covariate_product_total": (x * y).sum(),
            }
        return sums


@dataclass
class Tables:
    """What is put in place of the models that read events."""

    definitions: list[dict[str, Any]] = field(default_factory=list)
    metrics: list[dict[str, Any]] = field(default_factory=list)
    variants: list[dict[str, Any]] = field(default_factory=list)
    statistics: list[dict[str, Any]] = field(default_factory=list)
    days: list[dict[str, Any]] = field(default_factory=list)

    def add(self, experiment: str, variants: int = 2, **keys: Any) -> None:
        self.definitions.append(
            {
                "experiment": experiment,
                "control_variant": "v0",
                "confidence": 0.95,
                "power": 0.8,
                "correction": "none",
                "sequential_tuning": 5000.0,
                "mixing_deviation": 0.1,
            }
            | keys
        )
        for number in range(variants):
            self.variants.append(
                {"experiment": experiment, "variant": f"v{number}"}
                | {"expected_share": 1 / variants}
            )

    def measure(self, experiment: str, metric: str, kind: str, **keys: Any) -> None:
        statistic = {"binary": "share", "ratio": "ratio"}.get(kind, "mean")
        self.metrics.append(
            {
                "experiment": experiment,
                "metric": metric,
                "metric_type": kind,
                "statistic": statistic,
                "direction": "increase",
                "is_primary": True,
                "minimum_effect": 0.05,
                "window_seconds": 0,
            }
            | keys
        )

    def count(self, experiment: str, metric: str, arms: list[Arm]) -> None:
        for number, arm in enumerate(arms):
            self.statistics.append(
                {"experiment": experiment, "metric": metric, "variant": f"v{number}"}
                | arm.totals()
            )


def drawn_arm(random: np.random.Generator, kind: str, units: int) -> Arm:
    rate = random.uniform(0.1, 0.9)
    spread = random.uniform(0.5, 2)
    if kind == "binary":
        return Arm(random.binomial(1, rate, units).astype(float))
    if kind == "count":
        return Arm(random.poisson(3 * rate, units).astype(float))
    if kind == "ratio":
        denominator = 1 + random.poisson(2, units).astype(float)
        return Arm(denominator * random.lognormal(rate, spread, units), denominator)
    covariate = random.lognormal(0, 1, units)
    if kind == "cuped":
        value = rate * covariate + random.lognormal(0, spread, units)
        return Arm(value, covariate=covariate)
    if kind == "cuped_binary":
        before = random.binomial(1, rate, units).astype(float)
        now = np.where(random.random(units) < 0.6, before, 1 - before)
        return Arm(now, covariate=before)
    return Arm(random.lognormal(rate, spread, units))


@dataclass
class Workshop:
    """Drawn experiments with their units, and what the models say of them."""

    database: Path
    arms: dict[str, tuple[str, list[Arm]]]
    families: dict[str, str]

    def read(self, query: str) -> pd.DataFrame:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(query).df()

    def directions(self) -> pd.Series[str]:
        """Which direction is good, by experiment."""
        query = "from intermediate.experiment_metric_definitions where metric = 'm'"
        return self.read(query).set_index("experiment")["direction"]


def put(connection: duckdb.DuckDBPyConnection, table: str, rows: list[Any]) -> None:
    frame = pd.DataFrame(rows)
    connection.register("rows", frame)
    connection.execute(f"delete from {table}")
    connection.execute(f"insert into {table} by name select * from rows")
    connection.unregister("rows")


def simulate(tables: Tables, random: np.random.Generator) -> None:
    """A/A tests that are looked at daily, and A/B tests with a known effect."""
    for number in range(SIMULATED):
        experiment = f"aa{number}"
        tables.add(experiment)
        tables.measure(experiment, "m", "mean")
        arms = [random.normal(1, 1, (DAYS, 40)) for _ in range(2)]
        for day in range(1, DAYS + 1):
            for variant, values in enumerate(arms):
                seen = Arm(values[:day].ravel())
                row = {"experiment": experiment, "metric": "m"} | seen.totals()
                row["variant"] = f"v{variant}"
                row["result_date"] = np.datetime64("2026-01-01") + (day - 1)
                tables.days.append(row)
        tables.count(experiment, "m", [Arm(values.ravel()) for values in arms])
        experiment = f"ab{number}"
        tables.add(experiment)
        tables.measure(experiment, "m", "count")
        means = (2.0, 2.0 * (1 + TRUE_EFFECT))
        arms = [random.poisson(mean, 400).astype(float) for mean in means]
        tables.count(experiment, "m", [Arm(values) for values in arms])


@pytest.fixture(scope="module")
def workshop(
    sample_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Workshop:
    random = np.random.default_rng(int(os.environ.get("THROUGHLINE_TEST_SEED", "1")))
    tables = Tables()
    arms: dict[str, tuple[str, list[Arm]]] = {}
    for number in range(DRAWS):
        kind = KINDS[number % len(KINDS)]
        experiment = f"drawn{number}"
        pair = [drawn_arm(random, kind, random.integers(20, 800)) for _ in range(2)]
        tables.add(experiment, mixing_deviation=random.uniform(0.02, 0.5))
        plain = {"cuped": "mean", "cuped_binary": "binary"}.get(kind, kind)
        tables.measure(
            experiment,
            "m",
            plain,
            direction=random.choice(["increase", "decrease"]),
            non_inferiority_margin=random.uniform(0.01, 0.2),
            minimum_effect=random.uniform(0.01, 0.3),
        )
        tables.count(experiment, "m", pair)
        arms[experiment] = (kind, pair)
    families = {}
    for number, correction in enumerate(list(CORRECTIONS) * 10):
        experiment = f"family{number}"
        families[experiment] = correction
        tables.add(experiment, variants=3, correction=correction)
        for metric in range(6):
            is_primary = metric < 3
            tables.measure(experiment, f"m{metric}", "mean", is_primary=is_primary)
            several = [drawn_arm(random, "mean", 200) for _ in range(3)]
            tables.count(experiment, f"m{metric}", several)
    # Shares of simulated tests have bounds that one seed in thirty would break.
    simulate(tables, np.random.default_rng(20260107))
    database = copy_database(sample_database, tmp_path_factory.mktemp("experiments"))
    with duckdb.connect(str(database)) as connection:
        put(connection, "intermediate.experiment_definitions", tables.definitions)
        put(connection, "intermediate.experiment_metric_definitions", tables.metrics)
        put(connection, "intermediate.experiment_variant_definitions", tables.variants)
        put(connection, "main.experiment_statistics", tables.statistics)
        put(connection, "intermediate.experiment_daily_statistics", tables.days)
    # A build does not see what was put into a table behind its back.
    chosen = ("--select", "experiment_arms+", "--full-refresh")
    result = run_dbt("run", *chosen, database=database)
    assert result.returncode == 0, result.stdout[-5000:]
    return Workshop(database, arms, families)


@pytest.fixture(scope="module")
def results(workshop: Workshop) -> pd.DataFrame:
    query = "select * from experiment_results where starts_with(experiment, 'drawn')"
    frame = workshop.read(query).set_index("experiment")
    assert len(frame) == DRAWS
    return frame


def close(actual: Any, expected: Any, relative: float = 1e-9) -> None:
    assert float(actual) == pytest.approx(float(expected), rel=relative, abs=1e-13)


def variance(arm: Arm, kind: str) -> float:
    """Of one unit, adjusted by nothing."""
    if kind in ("binary", "cuped_binary"):
        return float(arm.value.mean() * (1 - arm.value.mean()))
    if kind == "ratio":
        assert arm.denominator is not None
        ratio = arm.value.sum() / arm.denominator.sum()
        rest = (arm.value - ratio * arm.denominator) / arm.denominator.mean()
        return float(rest.var(ddof=1))
    return float(arm.value.var(ddof=1))


def test_welch_and_shares_are_scipys(workshop: Workshop, results: pd.DataFrame) -> None:
    for experiment, (kind, (control, treated)) in workshop.arms.items():
        row = results.loc[experiment]
        if kind.startswith("cuped") or kind == "ratio":
            continue
        sizes = [len(treated.value), len(control.value)]
        expected = stats.ttest_ind_from_stats(
            *(treated.value.mean(), variance(treated, kind) ** 0.5, sizes[0]),
            *(control.value.mean(), variance(control, kind) ** 0.5, sizes[1]),
            equal_var=False,
        )
        close(row["absolute_p_value"], expected.pvalue)
        close(row["absolute_effect"], treated.value.mean() - control.value.mean())
        if kind == "binary":
            table = [
                [arm.value.sum(), len(arm.value) - arm.value.sum()]
                for arm in (control, treated)
            ]
            for name, correction in (("", False), ("_yates", True)):
                tested = stats.chi2_contingency(table, correction=correction)
                close(row[f"chi_square{name}_p_value"], tested.pvalue)
        else:
            assert pd.isna(row["chi_square_p_value"])


def test_means_ratios_and_covariates_are_tea_tastings(
    workshop: Workshop, results: pd.DataFrame
) -> None:
    for number, (experiment, (kind, pair)) in enumerate(workshop.arms.items()):
        if kind in ("binary", "count", "cuped_binary") or number % 4 == 3:
            continue
        frame = pd.concat(
            pd.DataFrame(
                {"variant": variant, "y": arm.value}
                | ({} if arm.denominator is None else {"d": arm.denominator})
                | ({} if arm.covariate is None else {"x": arm.covariate})
            )
            for variant, arm in enumerate(pair)
        )
        metric: Any = tt.Mean("y", equal_var=False)
        if kind == "ratio":
            metric = tt.RatioOfMeans("y", "d", equal_var=False)
        if kind == "cuped":
            metric = tt.Mean("y", "x", equal_var=False)
        expected = tt.Experiment(m=metric).analyze(frame)["m"]
        row = results.loc[experiment]
        close(row["absolute_effect"], expected.effect_size, 1e-7)
        close(row["absolute_p_value"], expected.pvalue, 1e-7)
        close(row["absolute_interval_low"], expected.effect_size_ci_lower, 1e-7)
        close(row["absolute_interval_high"], expected.effect_size_ci_upper, 1e-7)


def test_without_a_covariate_nothing_is_adjusted(
    workshop: Workshop, results: pd.DataFrame
) -> None:
    unadjusted = [name for name in results.columns if name.startswith("unadjusted_")]
    assert len(unadjusted) == 10
    for experiment, (kind, (control, treated)) in workshop.arms.items():
        row = results.loc[experiment]
        is_adjusted = kind.startswith("cuped")
        assert pd.notna(row["cuped_theta"]) == is_adjusted
        assert row[unadjusted].notna().all() == is_adjusted
        if is_adjusted:
            effect = treated.value.mean() - control.value.mean()
            close(row["unadjusted_absolute_effect"], effect)
            close(row["unadjusted_relative_effect"], effect / control.value.mean())


def test_relative_effects_follow_the_delta_method(
    workshop: Workshop, results: pd.DataFrame
) -> None:
    directions = workshop.directions()
    for experiment, (kind, (control, treated)) in workshop.arms.items():
        if kind.startswith("cuped"):
            continue
        row = results.loc[experiment]
        means = []
        for arm in (control, treated):
            divisor = len(arm.value) if arm.denominator is None else None
            means.append(arm.value.sum() / (divisor or arm.denominator.sum()))
        base, mean = means
        error = (
            variance(treated, kind) / len(treated.value) / base**2
            + variance(control, kind) / len(control.value) * mean**2 / base**4
        ) ** 0.5
        close(row["relative_effect"], mean / base - 1, 1e-8)
        close(row["relative_standard_error"], error, 1e-8)
        gain = row["relative_effect"] / row["relative_standard_error"]
        gain = -gain if directions[experiment] == "decrease" else gain
        assert row["chance_to_win"] == pytest.approx(stats.norm.cdf(gain), abs=1e-9)
        loss = -gain * stats.norm.cdf(-gain) + stats.norm.pdf(gain)
        loss *= row["relative_standard_error"]
        assert row["expected_loss"] == pytest.approx(loss, rel=1e-6, abs=1e-9)


def test_adjusted_effects_are_relative_to_the_unadjusted_control(
    workshop: Workshop, results: pd.DataFrame
) -> None:
    for experiment, (kind, (control, treated)) in workshop.arms.items():
        if not kind.startswith("cuped"):
            continue
        row = results.loc[experiment]
        # The variance of a share is p(1 - p), and so is what is left of it.
        lost = 0 if kind == "cuped_binary" else 1
        values = np.concatenate([control.value, treated.value])
        before = np.concatenate([control.covariate, treated.covariate])
        theta = stats.linregress(before, values).slope
        rest = [arm.value - theta * arm.covariate for arm in (control, treated)]
        base, mean = control.value.mean(), treated.value.mean()
        error = (
            rest[1].var(ddof=lost) / len(rest[1]) / base**2
            + rest[0].var(ddof=lost) / len(rest[0]) * mean**2 / base**4
        ) ** 0.5
        close(row["cuped_theta"], theta, 1e-8)
        close(row["relative_effect"], (rest[1].mean() - rest[0].mean()) / base, 1e-7)
        close(row["relative_standard_error"], error, 1e-8)


def test_the_mixture_test_integrates_the_likelihood_ratio(
    workshop: Workshop, results: pd.DataFrame
) -> None:
    deviations = workshop.read(
        "select experiment, mixing_deviation from intermediate.experiment_definitions"
    ).set_index("experiment")["mixing_deviation"]
    for experiment in list(workshop.arms)[:60]:
        row = results.loc[experiment]
        effect, error = row["relative_effect"], row["relative_standard_error"]
        tau = deviations[experiment]
        if abs(effect / error) > 30:
            continue

        def ratio(theta: float, effect=effect, error=error, tau=tau) -> float:
            return float(
                stats.norm.pdf(effect, theta, error)
                / stats.norm.pdf(effect, 0, error)
                * stats.norm.pdf(theta, 0, tau)
            )

        middle = effect * tau**2 / (tau**2 + error**2)
        width = 12 * (tau * error / (tau**2 + error**2) ** 0.5)
        likelihood, _ = integrate.quad(ratio, middle - width, middle + width)
        close(row["msprt_p_value"], min(1, 1 / likelihood), 1e-6)
        # The interval holds what the test does not reject.
        assert (row["msprt_p_value"] < 0.05) == (
            not row["msprt_interval_low"] <= 0 <= row["msprt_interval_high"]
        )


def test_beta_chances_are_those_of_an_integral(
    workshop: Workshop, results: pd.DataFrame
) -> None:
    directions = workshop.directions()
    for experiment, (kind, (control, treated)) in workshop.arms.items():
        if kind != "binary":
            continue
        row = results.loc[experiment]
        better, worse = (
            stats.beta(arm.value.sum() + 1, len(arm.value) - arm.value.sum() + 1)
            for arm in (treated, control)
        )
        if directions[experiment] == "decrease":
            better, worse = worse, better
        points = sorted({*better.ppf([1e-9, 0.5, 1 - 1e-9]), *worse.ppf([1e-9, 0.5])})
        chance, _ = integrate.quad(
            lambda p, better=better, worse=worse: better.pdf(p) * worse.cdf(p),
            *(0, 1),
            points=points,
            limit=400,
        )
        loss, _ = integrate.quad(
            lambda p, better=better, worse=worse: better.cdf(p) * worse.sf(p),
            *(0, 1),
            points=points,
            limit=400,
        )
        assert row["beta_chance_to_win"] == pytest.approx(chance, abs=1e-7)
        assert row["beta_expected_loss"] == pytest.approx(loss, abs=1e-7)


def test_guardrails_are_one_sided(workshop: Workshop, results: pd.DataFrame) -> None:
    query = "select * from intermediate.experiment_verdicts where slice_type = 'all'"
    verdicts = workshop.read(query).set_index("experiment")
    for experiment in list(workshop.arms)[:300]:
        row, verdict = results.loc[experiment], verdicts.loc[experiment]
        sign = -1 if verdict["direction"] == "decrease" else 1
        distance = sign * row["relative_effect"] + row["non_inferiority_margin"]
        expected = stats.t.sf(
            distance / row["relative_standard_error"], verdict["degrees_of_freedom"]
        )
        close(row["non_inferiority_p_value"], expected)


def test_corrections_are_those_of_statsmodels(workshop: Workshop) -> None:
    found = workshop.read(
        "select * from experiment_results where starts_with(experiment, 'family')"
    )
    assert len(found) == len(workshop.families) * 12
    for (experiment, _), family in found.groupby(["experiment", "is_primary"]):
        method = CORRECTIONS[workshop.families[experiment]]
        expected = multipletests(family["relative_p_value"], method=method)[1]
        assert family["adjusted_p_value"].to_numpy() == pytest.approx(expected)


def test_sample_sizes_are_those_of_statsmodels(workshop: Workshop) -> None:
    power = workshop.read("select * from experiment_power").set_index("experiment")
    solver = NormalIndPower()
    for experiment, (kind, (control, _)) in list(workshop.arms.items())[:300]:
        if kind not in ("binary", "count", "mean"):
            continue
        row = power.loc[experiment]
        relative = variance(control, kind) ** 0.5 / control.value.mean()
        needed = solver.solve_power(
            effect_size=row["minimum_effect"] / relative, alpha=0.05, power=0.8
        )
        # The chance to be significant in the wrong direction is left out.
        assert row["needed_units"] == pytest.approx(np.ceil(needed), rel=1e-4, abs=1)
        ratio = row["control_units"] / row["units"]
        detectable = solver.solve_power(
            nobs1=row["units"], alpha=0.05, power=0.8, ratio=ratio
        )
        found = row["minimum_detectable_effect"]
        assert found == pytest.approx(detectable * relative, rel=1e-4)


def test_aa_tests_are_alarmed_as_often_as_they_should_be(workshop: Workshop) -> None:
    fixed = workshop.read(
        "select avg(cast(absolute_p_value < 0.05 as double)) as share, count(*) as n"
        " from experiment_results where starts_with(experiment, 'aa')"
    ).iloc[0]
    assert fixed["n"] == SIMULATED
    assert 0.04 <= fixed["share"] <= 0.06
    peeked = workshop.read(
        "select avg(cast(least_p < 0.05 as double)) as sequential,"
        " avg(cast(least_fixed < 0.05 as double)) as naive, count(*) as n from ("
        "select min(sequential_p_value) as least_p,"
        " min(relative_p_value) as least_fixed"
        " from experiment_results_daily where starts_with(experiment, 'aa')"
        " group by experiment)"
    ).iloc[0]
    assert peeked["n"] == SIMULATED
    assert peeked["sequential"] <= 0.05
    # Who looks daily at the fixed test is alarmed far too often: the test can fail.
    assert peeked["naive"] > 0.1


def test_intervals_hold_the_true_effect_as_often_as_they_say(
    workshop: Workshop,
) -> None:
    covered = workshop.read(
        f"""
        select
            avg(cast({TRUE_EFFECT} between relative_interval_low
                and relative_interval_high as double)) as relative,
            avg(cast({2 * TRUE_EFFECT} between absolute_interval_low
                and absolute_interval_high as double)) as absolute,
            avg(cast({TRUE_EFFECT} between sequential_interval_low
                and sequential_interval_high as double)) as sequential,
            count(*) as n
        from experiment_results where starts_with(experiment, 'ab')
        """
    ).iloc[0]
    assert covered["n"] == SIMULATED
    assert 0.935 <= covered["relative"] <= 0.965
    assert 0.935 <= covered["absolute"] <= 0.965
    assert covered["sequential"] >= 0.95


def test_the_last_day_is_the_result(sample_database: Path) -> None:
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        rows = connection.execute(
            """
            select days.mean, results.mean, days.relative_p_value,
                results.relative_p_value, days.units, results.units
            from experiment_results as results
            left join experiment_results_daily as days
                using (experiment, metric, variant)
            where results.metric_type <> 'quantile'
            qualify row_number() over (
                partition by experiment, metric, variant order by result_date desc
            ) = 1
            """
        ).fetchall()
    assert len(rows) >= 4
    for row in rows:
        assert row[0::2] == pytest.approx(row[1::2], rel=1e-9)


# -- from raw events to units ----------------------------------------------------------

DEFINITIONS = {
    "experiments": "experiment,exposure_event,variant_property,control_variant,"
    "trigger_event,ended_at\n"
    "told,Shown,arm,control,,\n"
    "triggered,Shown,arm,control,Checkout,2026-01-20\n"
    "assigned,,,control,,\n",
    "experiment_variants": "experiment,variant\n"
    + "".join(
        f"{name},{variant}\n"
        for name in ("told", "triggered", "assigned")
        for variant in ("control", "red")
    ),
    "experiment_segments": "experiment,segment_property\ntold,country\n",
    "experiment_metrics": "experiment,metric,metric_type,event,value_property,"
    "denominator_event,denominator_property,retention_day,funnel,quantile,window_days,"
    "covariate_days,winsorize_at\n"
    "told,bought,binary,Bought,,,,,,,3,7,\n"
    "told,orders,count,Bought,,,,,,,3,7,\n"
    "told,revenue,mean,Bought,price,,,,,,3,7,\n"
    "told,capped,mean,Bought,price,,,,,,3,,80\n"
    "told,per_item,ratio,Bought,price,Bought,items,,,,3,,\n"
    "told,returned,retention,any,,,,2,,,,,\n"
    "told,way,funnel,,,,,,bought,,3,,\n"
    "told,soon,time_to_event,Bought,,,,,,,3,,\n"
    "told,middle,quantile,Bought,price,,,,,0.5,3,,\n"
    "triggered,orders,count,Bought,,,,,,,3,7,\n"
    "assigned,orders,count,Bought,,,,,,,3,,\n",
    "funnels": "funnel,window_amount,window_unit\nbought,1,day\n",
    "funnel_steps": "funnel,step,event\nbought,1,Checkout\nbought,2,Bought\n",
}
START = pd.Timestamp("2026-01-05")
ENDED = pd.Timestamp("2026-01-20")
Event = tuple[str, pd.Timestamp, dict[str, Any]]


def history(random: np.random.Generator, number: int) -> list[Event]:
    """What one person does in three weeks, in order of time."""
    exposed = START + pd.Timedelta(seconds=int(random.integers(7, 14)) * 86400 + 5)
    arm = "control" if number % 2 else "red"
    country = "NO" if number % 3 else "SE"
    events: list[Event] = [("Shown", exposed, {"arm": arm, "country": country})]
    if number % 17 == 0:
        later = exposed + pd.Timedelta(hours=1)
        events.append(("Shown", later, {"arm": "red", "country": "DK"}))
    # A variant that the definition does not list: who saw it too saw two.
    if number % 19 == 0:
        events.append(("Shown", exposed - pd.Timedelta(hours=1), {"arm": "blue"}))
    for _ in range(random.poisson(6)):
        moment = START + pd.Timedelta(seconds=int(random.integers(0, 21 * 86400)))
        events.append(("Checkout", moment, {}))
        if random.random() < 0.7:
            after = moment + pd.Timedelta(seconds=int(random.integers(1, 2 * 86400)))
            price = round(float(random.lognormal(3, 1)), 2)
            bought = {"price": price, "items": int(random.integers(1, 4))}
            events.append(("Bought", after, bought))
    return sorted(events, key=lambda event: event[1])


def expected_units(events: list[Event], experiment: str) -> dict[str, Any] | None:
    """The metrics of one person, worked out event by event."""
    shown = [e for e in events if e[0] == "Shown"]
    if len({e[2]["arm"] for e in shown}) > 1:
        return None
    exposed = shown[0][1]
    if experiment == "triggered":
        came = [at for name, at, _ in events if name == "Checkout" and at >= exposed]
        if not came or came[0] >= ENDED:
            return None
        exposed = came[0]
    end = exposed + pd.Timedelta(days=3)
    bought = [(at, p) for name, at, p in events if name == "Bought"]
    now = [(at, p) for at, p in bought if exposed <= at <= end]
    first = shown[0][1]
    before = [p for at, p in bought if first - pd.Timedelta(days=7) <= at < first]
    revenue = sum(p["price"] for _, p in now)
    day = (exposed + pd.Timedelta(days=2), exposed + pd.Timedelta(days=3))
    checkouts = [at for name, at, _ in events if name == "Checkout"]
    went = any(
        exposed <= begun < at <= end and at - begun <= pd.Timedelta(days=1)
        for begun in checkouts
        for at, _ in now
    )
    seconds = (now[0][0] - exposed).total_seconds() if now else 0
    return {
        "variant": shown[0][2]["arm"],
        "segment": shown[0][2]["country"],
        "bought": (min(len(now), 1), None, min(len(before), 1)),
        "orders": (len(now), None, len(before)),
        "revenue": (revenue, None, sum(p["price"] for p in before)),
        "per_item": (revenue, sum(p["items"] for _, p in now), None),
        "returned": (int(any(day[0] <= e[1] < day[1] for e in events)), None, None),
        "way": (int(went), None, None),
        "soon": (seconds, min(len(now), 1), None),
        "middle": (revenue, None, None),
    }


@dataclass
class Told:
    """Units as the models and as plain Python make them."""

    database: Path
    histories: dict[str, list[Event]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("told")
    project = own_project(folder)
    random = np.random.default_rng(7)
    histories = {f"u{number}": history(random, number) for number in range(150)}
    lines = [
        {"event": name, "timestamp": f"{at.isoformat()}Z", "properties": properties}
        | {"user_id": user, "event_id": f"{user}-{number}", "anonymous_id": f"d{user}"}
        for user, events in histories.items()
        for number, (name, at, properties) in enumerate(events)
    ]
    robot = {"event": "Shown", "timestamp": "2026-01-13T00:00:00Z", "user_id": "robot"}
    robot |= {"properties": {"arm": "red"}, "anonymous_id": "r"}
    lines.append(robot | {"context": {"userAgent": "curl/8.5.0"}})
    (folder / "events").mkdir()
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (folder / "events" / "file.jsonl").write_text(text)
    assignments = "".join(
        f"assigned,user,{user},{'red' if number % 2 else 'control'},"
        f"{(START + pd.Timedelta(days=9)).isoformat()}Z\n"
        for number, user in enumerate([*list(histories)[:50], "ghost"])
    )
    header = "experiment,identifier_type,identifier,variant,exposed_at\n"
    seeds = DEFINITIONS | {"experiment_assignments": header + assignments}
    for name, content in seeds.items():
        (project / "seeds" / "definitions" / f"{name}.csv").write_text(content)
    database = folder / DATABASE_NAME
    build(
        *("--select", "+experiment_results", "+experiment_health"),
        *("+experiment_results_by_segment", "+experiment_results_daily"),
        *("+experiment_power", "+event_ledger"),
        database=database,
        events_path=folder / "events",
        project=project,
    )
    return Told(database, histories)


def units_of(told: Told, experiment: str) -> dict[tuple[str, str], tuple[Any, ...]]:
    rows = read(
        told.database,
        "select identifier, metric, metric_value, denominator_value, covariate_value,"
        " variant from intermediate.experiment_unit_metrics"
        " inner join person_identifiers using (person_id)"
        " where is_last and identifier_type = 'user' and experiment = ?",
        experiment,
    )
    return {(row[0], row[1]): row[2:] for row in rows}


@pytest.mark.parametrize("experiment", ["told", "triggered"])
def test_units_are_those_of_plain_python(told: Told, experiment: str) -> None:
    units = units_of(told, experiment)
    people = {
        user: expected_units(events, experiment)
        for user, events in told.histories.items()
    }
    counted = {user: unit for user, unit in people.items() if unit}
    assert {user for user, _ in units} == counted.keys()
    assert 30 < len(counted) < len(people)
    for (user, metric), (*values, variant) in units.items():
        unit = counted[user]
        assert variant == unit["variant"]
        if metric != "capped":
            for value, expected in zip(values, unit[metric], strict=True):
                assert (value is None) == (expected is None), metric
                assert value is None or value == pytest.approx(expected), metric
    if experiment == "told":
        revenue = [unit["revenue"][0] for unit in counted.values()]
        cap = np.percentile(revenue, 80)
        for user, unit in counted.items():
            capped = min(unit["revenue"][0], cap)
            assert units[user, "capped"][0] == pytest.approx(capped, rel=1e-12)


def test_assigned_people_are_exposed_by_the_table(told: Told) -> None:
    """Also one of whom there is no event: who is left out would tilt the variants."""
    units = units_of(told, "assigned")
    assert len(units) == 50
    assert read(
        told.database,
        "select sum(units), sum(total) from experiment_statistics"
        " where experiment = 'assigned'",
    ) == [(51, sum(values[0] for values in units.values()))]
    begin = START + pd.Timedelta(days=9)
    for (user, _), (orders, _, _, variant) in units.items():
        times = [at for name, at, _ in told.histories[user] if name == "Bought"]
        assert orders == sum(
            begin <= at <= begin + pd.Timedelta(days=3) for at in times
        )
        assert variant == ("red" if int(user[1:]) % 2 else "control")


def test_segments_and_quantiles_are_numpys(told: Told) -> None:
    people = [expected_units(events, "told") for events in told.histories.values()]
    counted = pd.DataFrame([unit for unit in people if unit])
    counted["revenue"] = counted["revenue"].str[0]
    for variant, arm in counted.groupby("variant"):
        [(median, low, high)] = read(
            told.database,
            "select quantile_value, quantile_low, quantile_high"
            " from experiment_statistics where metric = 'middle' and variant = ?",
            variant,
        )
        reach = 1.959963984540054 * (0.25 / len(arm)) ** 0.5
        expected = np.quantile(arm["revenue"], [0.5, 0.5 - reach, 0.5 + reach])
        assert [median, low, high] == pytest.approx(list(expected), rel=1e-12)
    found = read(
        told.database,
        "select segment, variant, units, total"
        " from intermediate.experiment_segment_statistics where metric = 'revenue'"
        " order by segment, variant",
    )
    grouped = counted.groupby(["segment", "variant"])["revenue"]
    expected_rows = grouped.agg(["size", "sum"]).reset_index().to_numpy().tolist()
    assert [list(row[:3]) for row in found] == [row[:3] for row in expected_rows]
    totals = [row[3] for row in expected_rows]
    assert [row[3] for row in found] == pytest.approx(totals, rel=1e-12)


def test_health_counts_who_is_left_out(told: Told) -> None:
    crossed = sum(
        len({p["arm"] for name, _, p in events if name == "Shown"}) > 1
        for events in told.histories.values()
    )
    unlisted = len([number for number in range(150) if number % 19 == 0])
    assert read(
        told.database,
        "select exposed_units, excluded_multi_variant_units, excluded_bot_units,"
        " unlisted_variant_units from experiment_health where experiment = 'told'",
    ) == [(151, crossed, 1, unlisted)]

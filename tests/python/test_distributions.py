"""The distribution functions computed in SQL, held against scipy.

Tails above 1e-15, and their quantiles, agree to 1e-9 relative, smaller ones down to
1e-300 to 1e-6.
"""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy import special, stats

from databases import run_dbt

Numbers = NDArray[np.float64]
Evaluate = Callable[..., Numbers]

DRAWS = 1_000
MACROS = {
    "student_t_tail": ("statistic", "freedom"),
    "student_t_density": ("statistic", "freedom"),
    "normal_tail": ("statistic",),
    "normal_below": ("statistic",),
    "normal_quantile": ("probability",),
    "student_t_quantile": ("tail", "freedom"),
    "chi_square_tail": ("statistic", "freedom"),
    "chi_square_quantile": ("tail", "freedom"),
    "wilson_low": ("successes", "trials"),
    "wilson_high": ("successes", "trials"),
}
MARK = "-- expression "


@pytest.fixture(scope="module")
def evaluate(tmp_path_factory: pytest.TempPathFactory) -> Evaluate:
    """Evaluate a macro, rendered as dbt renders it, over arrays of its arguments."""
    calls = [
        f"{MARK}{name}\n{{{{ {name}({', '.join(map(repr, arguments))}) }}}}"
        for name, arguments in MACROS.items()
    ]
    database = tmp_path_factory.mktemp("distributions") / "empty.duckdb"
    result = run_dbt("compile", "--inline", "\n".join(calls), database=database)
    assert result.returncode == 0, result.stdout[-5000:]
    _, *parts = result.stdout.split(MARK)
    rendered = dict(part.split("\n", 1) for part in parts)
    assert list(rendered) == list(MACROS)

    def run(name: str, *arguments: Numbers) -> Numbers:
        columns = dict(zip(MACROS[name], arguments, strict=True))
        with duckdb.connect() as connection:
            connection.register("arguments", pd.DataFrame(columns))
            rows = connection.execute(
                f"select cast({rendered[name]} as double) from arguments"
            ).fetchall()
        values = [value for (value,) in rows]
        assert not any(value != value for value in values), f"{name} is NaN, not null"
        return np.array(values, dtype=float)

    return run


@pytest.fixture
def random() -> np.random.Generator:
    """The same draws in every run."""
    return np.random.default_rng(20260105)


def assert_tails_match(actual: Numbers, expected: Numbers) -> None:
    """Within 1e-9 of the tail, or 1e-6 where it is below 1e-15."""
    assert np.all(expected > 1e-300), "a tail to compare with has underflowed"
    tolerance = np.where(expected > 1e-15, 1e-9, 1e-6)
    difference = np.abs(actual / expected - 1)
    worst = np.argmax(difference / tolerance)
    assert np.all(difference <= tolerance), (
        f"draw {worst}: {actual[worst]} instead of {expected[worst]}"
    )


def assert_quantiles_match(actual: Numbers, expected: Numbers, tail: Numbers) -> None:
    """Within 1e-9 of the quantile, or 1e-6 where its tail is below 1e-15."""
    tolerance = np.where(tail > 1e-15, 1e-9, 1e-6)
    difference = np.abs(actual - expected)
    far = ~(difference <= tolerance * np.abs(expected))
    assert not far.any(), (
        f"tail {tail[far][0]}: {actual[far][0]} instead of {expected[far][0]}"
    )


def draw_tails(random: np.random.Generator, most: float) -> Numbers:
    """By turns everyday tails of at most a bound and ones as small as 1e-300."""
    return np.where(
        np.arange(DRAWS) % 2,
        random.uniform(0, most, DRAWS),
        10 ** -random.uniform(-np.log10(most), 300, DRAWS),
    )


def student_t_quantile(tail: Numbers, freedom: Numbers) -> Numbers:
    """As scipy, but by the tail's leading term far out, where scipy goes wrong."""
    log_ratio = special.gammaln((freedom + 1) / 2) - special.gammaln(freedom / 2)
    log_excess = log_ratio - np.log(np.pi) / 2 - np.log(freedom * tail)
    exponent = log_excess / freedom + np.log(freedom) / 2
    is_far = exponent > np.log(1e9 * freedom)
    leading = np.exp(np.where(is_far, exponent, 0))
    return np.where(is_far, leading, stats.t.isf(tail, freedom))


def test_student_t_tail_at_everyday_values(
    evaluate: Evaluate, random: np.random.Generator
) -> None:
    statistic = random.uniform(0, 8, DRAWS)
    freedom = 10 ** random.uniform(0, 7, DRAWS)
    actual = evaluate("student_t_tail", statistic, freedom)
    assert_tails_match(actual, stats.t.sf(statistic, freedom))


def test_student_t_tail_far_out(
    evaluate: Evaluate, random: np.random.Generator
) -> None:
    freedom = 10 ** random.uniform(0, 7, DRAWS)
    # As far out as a normal deviate of up to 37, which has a tail of 1e-300.
    deviate = random.uniform(0, 37, DRAWS)
    exponent = np.minimum(deviate * deviate / freedom, 100)
    statistic = np.sqrt(freedom * np.expm1(exponent))
    actual = evaluate("student_t_tail", statistic, freedom)
    assert_tails_match(actual, stats.t.sf(statistic, freedom))


def test_student_t_tail_of_whole_degrees_of_freedom(evaluate: Evaluate) -> None:
    freedom, statistic = (
        values.ravel()
        for values in np.meshgrid(
            [1.0, 2, 3, 10, 199, 200, 201, 1e3, 1e5, 1e7], np.linspace(0, 30, 31)
        )
    )
    actual = evaluate("student_t_tail", statistic, freedom)
    assert_tails_match(actual, stats.t.sf(statistic, freedom))


def test_student_t_density(evaluate: Evaluate, random: np.random.Generator) -> None:
    statistic = random.uniform(0, 30, DRAWS)
    freedom = 10 ** random.uniform(0, 7, DRAWS)
    actual = evaluate("student_t_density", statistic, freedom)
    assert_tails_match(actual, stats.t.pdf(statistic, freedom))


def test_normal_tail(evaluate: Evaluate, random: np.random.Generator) -> None:
    statistic = np.append(random.uniform(0, 37, DRAWS), [0, 1e-12, 1e-3])
    actual = evaluate("normal_tail", statistic)
    assert_tails_match(actual, stats.norm.sf(statistic))


def test_normal_below(evaluate: Evaluate, random: np.random.Generator) -> None:
    statistic = np.append(random.uniform(-37, 37, DRAWS), [0, -1e-12, 1e-12, 1e300])
    actual = evaluate("normal_below", statistic)
    assert_tails_match(actual, stats.norm.cdf(statistic))


def test_normal_quantile(evaluate: Evaluate, random: np.random.Generator) -> None:
    probability = np.append(
        draw_tails(random, 1), [0.075, 0.5, 0.925, np.exp(-25), 2e-300, 1 - 2**-53]
    )
    actual = evaluate("normal_quantile", probability)
    expected = stats.norm.ppf(probability)
    assert_quantiles_match(actual, expected, np.ones_like(probability))
    assert_tails_match(evaluate("normal_below", actual), probability)


def test_student_t_quantile(evaluate: Evaluate, random: np.random.Generator) -> None:
    tail = draw_tails(random, 0.5)
    freedom = 10 ** random.uniform(0, 7, DRAWS)
    actual = evaluate("student_t_quantile", tail, freedom)
    assert_quantiles_match(actual, student_t_quantile(tail, freedom), tail)
    assert_tails_match(evaluate("student_t_tail", actual, freedom), tail)


def test_student_t_quantile_of_whole_degrees_of_freedom(
    evaluate: Evaluate, random: np.random.Generator
) -> None:
    tail = draw_tails(random, 0.5)
    freedom = random.choice([1.0, 2, 3, 10, 199, 200, 201, 1e3, 1e5, 1e7], DRAWS)
    actual = evaluate("student_t_quantile", tail, freedom)
    assert_quantiles_match(actual, student_t_quantile(tail, freedom), tail)
    assert_tails_match(evaluate("student_t_tail", actual, freedom), tail)


def test_student_t_quantile_near_the_middle(
    evaluate: Evaluate, random: np.random.Generator
) -> None:
    tail = 0.5 - 10 ** -random.uniform(4, 15, DRAWS)
    freedom = 10 ** random.uniform(0, 7, DRAWS)
    actual = evaluate("student_t_quantile", tail, freedom)
    # The density there is that at 0 to the first order.
    step = (0.5 - tail) / stats.t.pdf(0, freedom)
    expected = step + step**3 * (freedom + 1) / (6 * freedom)
    assert_quantiles_match(actual, expected, tail)
    assert list(evaluate("student_t_quantile", np.array([0.5]), np.array([7.0]))) == [0]


@pytest.mark.parametrize(("least", "most"), [(0, 2), (2, 4), (4, 5)])
def test_chi_square_tail_of_real_degrees_of_freedom(
    evaluate: Evaluate, random: np.random.Generator, least: float, most: float
) -> None:
    freedom = 10 ** random.uniform(least, most, DRAWS)
    statistic = stats.chi2.isf(draw_tails(random, 1), freedom)
    actual = evaluate("chi_square_tail", statistic, freedom)
    assert_tails_match(actual, stats.chi2.sf(statistic, freedom))


def test_chi_square_tail_of_whole_degrees_of_freedom(
    evaluate: Evaluate, random: np.random.Generator
) -> None:
    freedom = np.floor(random.uniform(1, 101, DRAWS))
    statistic = stats.chi2.isf(draw_tails(random, 1), freedom)
    actual = evaluate("chi_square_tail", statistic, freedom)
    assert_tails_match(actual, stats.chi2.sf(statistic, freedom))


@pytest.mark.parametrize(("least", "most"), [(0, 2), (2, 4), (4, 5)])
def test_chi_square_quantile(
    evaluate: Evaluate, random: np.random.Generator, least: float, most: float
) -> None:
    tail = draw_tails(random, 1)
    freedom = 10 ** random.uniform(least, most, DRAWS)
    actual = evaluate("chi_square_quantile", tail, freedom)
    assert_quantiles_match(actual, stats.chi2.isf(tail, freedom), tail)
    assert_tails_match(evaluate("chi_square_tail", actual, freedom), tail)


def test_chi_square_quantile_near_zero(
    evaluate: Evaluate, random: np.random.Generator
) -> None:
    tail = 1 - 10 ** -random.uniform(0, 15, DRAWS)
    freedom = 10 ** random.uniform(0, 5, DRAWS)
    actual = evaluate("chi_square_quantile", tail, freedom)
    assert_quantiles_match(actual, stats.chi2.ppf(1 - tail, freedom), tail)


@pytest.mark.parametrize(
    ("name", "outside"),
    [
        ("normal_quantile", [-0.5, 0, 1, 1.5]),
        ("student_t_quantile", [-0.5, 0, 0.6, 1.5]),
        ("chi_square_quantile", [-0.5, 0, 1.5]),
    ],
)
def test_what_is_no_chance_has_no_quantile(
    evaluate: Evaluate, name: str, outside: list[float]
) -> None:
    arguments = [np.array(outside), np.full(len(outside), 5.0)]
    actual = evaluate(name, *arguments[: len(MACROS[name])])
    assert np.isnan(actual).all()


def test_no_deviation_has_a_chi_square_tail_of_one(evaluate: Evaluate) -> None:
    freedom = np.array([1.0, 2, 3, 30])
    actual = evaluate("chi_square_tail", np.zeros(4), freedom)
    assert list(actual) == [1, 1, 1, 1]
    assert list(evaluate("chi_square_quantile", actual, freedom)) == [0, 0, 0, 0]


def test_an_unknown_statistic_has_an_unknown_tail(evaluate: Evaluate) -> None:
    unknown = np.array([np.nan])
    for name, arguments in MACROS.items():
        nulls = [pd.array(unknown, dtype="Float64")] * len(arguments)
        assert np.isnan(evaluate(name, *nulls)).all(), name
        for place in range(len(arguments)):
            values = [pd.array([0.25], dtype="Float64")] * len(arguments)
            values[place] = nulls[place]
            assert np.isnan(evaluate(name, *values)).all(), (name, arguments[place])


@pytest.mark.parametrize(("name", "bound"), [("wilson_low", 0), ("wilson_high", 1)])
def test_wilson_bounds(
    evaluate: Evaluate, random: np.random.Generator, name: str, bound: int
) -> None:
    trials = np.floor(10 ** random.uniform(0, 6, 300)).astype(int)
    successes = random.binomial(trials, random.uniform(0, 1, 300))
    successes[:10] = 0
    successes[10:20] = trials[10:20]
    expected = [
        stats.binomtest(int(count), int(total)).proportion_ci(method="wilson")[bound]
        for count, total in zip(successes, trials, strict=True)
    ]
    actual = evaluate(name, successes, trials)
    assert actual == pytest.approx(expected, rel=1e-9, abs=1e-15)
    assert np.all((actual >= 0) & (actual <= 1))


@pytest.mark.parametrize("name", ["wilson_low", "wilson_high"])
def test_a_share_of_nobody_has_no_bounds(evaluate: Evaluate, name: str) -> None:
    assert np.isnan(evaluate(name, np.array([0]), np.array([0]))).all()

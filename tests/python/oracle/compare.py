"""Hold two frames against each other and say readably where they differ first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import isclose
from typing import Any

import pandas as pd

from oracle.records import is_missing

RELATIVE_TOLERANCE = 1e-9
ABSOLUTE_TOLERANCE = 1e-15
ROWS_SHOWN = 10

Row = dict[str, Any]
Key = tuple[Any, ...]


def assert_frames_match(
    actual: pd.DataFrame,
    expected: pd.DataFrame,
    key: Sequence[str],
    columns: Sequence[str] | None = None,
) -> None:
    """Fail unless both have the same keys and, in every column, the same values."""
    differences = describe_differences(actual, expected, key, columns)
    assert not differences, differences


def describe_differences(
    actual: pd.DataFrame,
    expected: pd.DataFrame,
    key: Sequence[str],
    columns: Sequence[str] | None = None,
) -> str:
    """What differs, at most ten rows of each kind; empty where nothing does."""
    compared = list(expected.columns if columns is None else columns)
    absent = [name for name in compared if name not in actual.columns]
    if absent:
        return f"the table lacks the columns {', '.join(absent)}"
    own, own_doubles = _by_key(actual, key, compared)
    other, other_doubles = _by_key(expected, key, compared)
    order = sorted({**own, **other}, key=lambda values: [str(each) for each in values])
    extra = [str(_named(key, each)) for each in order if each not in other]
    missing = [str(_named(key, each)) for each in order if each not in own]
    differing = [
        f"{_named(key, each)}: {difference}"
        for each in order
        if each in own and each in other
        for difference in [_cell_differences(own[each], other[each])]
        if difference
    ]
    found = {
        "keys that are twice in the table": own_doubles,
        "keys that are twice in the oracle": other_doubles,
        "rows only in the table": extra,
        "rows only in the oracle": missing,
        "rows that differ (column: table / oracle)": differing,
    }
    counts = f"{len(actual)} rows in the table, {len(expected)} in the oracle"
    parts = [_section(title, lines) for title, lines in found.items() if lines]
    return "\n".join([counts, *parts]) if parts else ""


def is_same_value(actual: object, expected: object) -> bool:
    """Equality of two cells, numbers to 1e-9 of their size."""
    own, other = plain_value(actual), plain_value(expected)
    if isinstance(own, bool) or isinstance(other, bool):
        return own is other
    if isinstance(own, (int, float)) and isinstance(other, (int, float)):
        return own == other or isclose(
            own, other, rel_tol=RELATIVE_TOLERANCE, abs_tol=ABSOLUTE_TOLERANCE
        )
    return own == other


def plain_value(value: Any) -> Any:
    """A cell as plain Python: one kind of null, of number and of (naive UTC) time."""
    if is_missing(value):
        return None
    if hasattr(value, "item") and not isinstance(value, pd.Timestamp):
        value = value.item()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (date, pd.Timestamp)):
        moment = pd.Timestamp(value)
        return (
            moment if moment.tz is None else moment.tz_convert("UTC").tz_localize(None)
        )
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _by_key(
    frame: pd.DataFrame, key: Sequence[str], columns: Sequence[str]
) -> tuple[dict[Key, Row], list[str]]:
    rows: dict[Key, Row] = {}
    doubles: list[str] = []
    for record in frame.to_dict("records"):
        values = tuple(plain_value(record[name]) for name in key)
        if values in rows:
            doubles.append(str(_named(key, values)))
        rows[values] = {name: record[name] for name in columns if name not in key}
    return rows, doubles


def _cell_differences(own: Row, other: Row) -> str:
    return ", ".join(
        f"{name}: {plain_value(own[name])} / {plain_value(other[name])}"
        for name in other
        if not is_same_value(own[name], other[name])
    )


def _named(key: Sequence[str], values: Key) -> str:
    pairs = zip(key, values, strict=True)
    return "(" + ", ".join(f"{name}={value}" for name, value in pairs) + ")"


def _section(title: str, lines: Sequence[str]) -> str:
    shown = [f"  {line}" for line in lines[:ROWS_SHOWN]]
    return "\n".join([f"{len(lines)} {title}, the first {len(shown)}:", *shown])

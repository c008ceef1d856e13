"""What the regexes of the ua-parser project read out of each distinct user agent.

This is the one step that is not SQL: the project's some two thousand patterns stand in
an order of which the first match counts, and only its own matcher is fast at that.

On Spark `parse_user_agent` is the same, mapped over the distinct agents. dbt-spark
runs Python models on Databricks only, so that elsewhere a job of the cluster's own must
write this table before the build.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from ua_parser import parse

PARTS = ("user_agent", "os", "device")
VERSION = ("major", "minor", "patch", "patch_minor")
COLUMNS = ("browser", "browser_version", "os", "os_version", "device")


def parse_user_agent(text: str) -> tuple[str | None, ...]:
    """Return browser and system, each with its version, and the family of device."""
    result = parse(text)
    browser, os, device = (getattr(result, part) for part in PARTS)
    return (*_family_and_version(browser), *_family_and_version(os), _family(device))


def _family(part: Any) -> str | None:
    return part.family if part else None


def _family_and_version(part: Any) -> tuple[str | None, str | None]:
    numbers = [getattr(part, name, None) for name in VERSION]
    known = numbers[: numbers.index(None)] if None in numbers else numbers
    return _family(part), ".".join(known) or None


def model(dbt: Any, session: Any) -> pd.DataFrame:
    """Return one row per distinct user agent; dbt calls this."""
    dbt.config(materialized="table")
    events = dbt.ref("staged_events")
    agents = events.project("user_agent").distinct().filter("user_agent is not null")
    rows = [(text, *parse_user_agent(text)) for (text,) in agents.fetchall()]
    return pd.DataFrame(rows, columns=["user_agent", *COLUMNS], dtype="str")

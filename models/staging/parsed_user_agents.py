"""What the regexes of the ua-parser project read out of each distinct user agent.

This is the one step that is not SQL. On Spark the script from which it takes its parser
runs over the distinct agents, as the model's meta says.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from parse_user_agents import COLUMNS, parse_user_agent

# Of ua-parser-builtins: with another all agents are read again.
REGEXES = "202610"


def model(dbt: Any, session: Any) -> pd.DataFrame:
    """Return one row per distinct user agent; dbt calls this."""
    dbt.config(materialized="table")
    events = dbt.ref("staged_events")
    agents = events.project("user_agent").distinct().filter("user_agent is not null")
    rows = [(text, *parse_user_agent(text)) for (text,) in agents.fetchall()]
    return pd.DataFrame(rows, columns=["user_agent", *COLUMNS], dtype="str")

"""The models are SQL that DuckDB and Spark share; what differs is in dialect macros.

Each rule of CONTRIBUTING.md that can be seen in a file stands here once; the others are
held by tests/spark, which compares the answers.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
# What is not written in a model, and what stands for it.
RULES = {
    r"\b(exclude|replace)\s*\(\s*$|\bexclude\s*\(": "all_but()",
    r"\basof\b": "join_nearest()",
    r"\bstring_agg\b": "joined_texts()",
    r"\b(list|array_agg)\s*\([^)]*\border by\b": "list_in_order()",
    r"//": "periods_between(), or a dialect macro",
    r"::": "cast(... as ...)",
    r"\bas varchar\b|\bas text\)": "cast(... as string)",
    r"\bas json\b": "as_json()",
    r"\b(u?hugeint|ubigint|uinteger)\b": "decimal(38, 0)",
    r"\bby name\b": "union_by_name()",
    r"\blambda\b": "a dialect macro for lists",
    r"(?<![\w\]])\[": "list_of()",
    r"\bstruct_pack\b": "struct_of()",
    r"\bunnest\b": "list_elements(), each_of() or parts_of()",
    r"\bignore nulls\b": "last_known() or first_known()",
    r"\bdate_diff\b|\bdatediff\b": "days_between() or periods_between()",
    r"\bregexp_\w+": "has_match() or matched_part()",
    r"\bjson_\w+\(": "json_value(), json_at() and their like",
    r"\bgetvariable\b|\browid\b": "a dialect macro",
    r'"': "a name without quotes",
}
MODELS = sorted((PROJECT / "models").rglob("*.sql"))
INVARIANTS = sorted((PROJECT / "tests" / "invariants").glob("*.sql"))


def plain_sql(text: str) -> str:
    """A model's SQL without Jinja, comments and what stands in quotes."""
    text = re.sub(r"\{\{\s*config\(.*?\)\s*\}\}\n", "", text, flags=re.DOTALL)
    text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", " jinja ", text, flags=re.DOTALL)
    text = re.sub(r"--[^\n]*", "", text)
    return re.sub(r"'[^']*'", "''", text)


@pytest.mark.parametrize("pattern", RULES)
def test_no_model_says_what_only_one_engine_knows(pattern: str) -> None:
    found = [
        f"{path.relative_to(PROJECT)}: {line.strip()}"
        for path in (*MODELS, *INVARIANTS)
        for line in plain_sql(path.read_text()).splitlines()
        if re.search(pattern, line)
    ]
    assert not found, f"write {RULES[pattern]} instead:\n" + "\n".join(found)


def test_every_dialect_macro_has_a_form_for_each_engine() -> None:
    folder = PROJECT / "macros" / "dialect"
    dispatched = {
        name
        for path in folder.glob("*.sql")
        for name in re.findall(r'adapter\.dispatch\("(\w+)"\)', path.read_text())
    }
    assert len(dispatched) > 90
    for engine, files in (
        ("duckdb", folder.glob("*.sql")),
        ("spark", folder.glob("spark/*.sql")),
    ):
        text = "".join(path.read_text() for path in files)
        defined = set(re.findall(rf"macro {engine}__(\w+)\(", text))
        assert dispatched <= defined, (engine, dispatched - defined)

"""The README shows real output: its tables are what the questions answer today."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from databases import PROJECT, copy_database, run_dbt

QUESTIONS = (
    "where_do_people_leave_a_funnel",
    "how_many_come_back_each_week",
    "did_the_experiment_work",
)


def shown_tables(markdown: str) -> dict[str, list[str]]:
    """Return the README's Markdown tables by their header line."""
    tables = re.findall(r"^(\|.*\|)\n\|[-|]+\|\n((?:\|.*\|\n)+)", markdown, re.M)
    return {header: body.splitlines() for header, body in tables}


def as_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def as_line(values: tuple[object, ...] | list[str]) -> str:
    return f"| {' | '.join(as_cell(value) for value in values)} |"


@pytest.fixture(scope="module")
def compiled_questions(sample_database: Path, tmp_path_factory) -> Path:
    database = copy_database(sample_database, tmp_path_factory.mktemp("readme"))
    result = run_dbt("compile", "--select", *QUESTIONS, database=database)
    assert result.returncode == 0, result.stdout
    return database


@pytest.mark.parametrize("question", QUESTIONS)
def test_readme_shows_what_the_question_answers(question, compiled_questions):
    target = compiled_questions.parent / f"{compiled_questions.stem}_target"
    folder = target / "compiled" / "throughline" / "analyses"
    query = (folder / f"{question}.sql").read_text()
    with duckdb.connect(str(compiled_questions), read_only=True) as connection:
        answer = connection.execute(query)
        header = as_line([column[0] for column in answer.description])
        rows = [as_line(row) for row in answer.fetchall()]
    assert shown_tables((PROJECT / "README.md").read_text())[header] == rows

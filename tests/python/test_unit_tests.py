"""The project's unit tests pass, and its documentation is whole."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from databases import copy_database, read, run_dbt

FEWEST_UNIT_TESTS = 80
# None of them is what dbt_project.yml says.
OTHER_VARS = {
    "time_zone": "America/New_York",
    "week_start": "sunday",
    "as_of": "2026-01-12T00:00:00Z",
    "identity_policy": "connected_components",
    "identity_component_limit": 3,
    "identity_obey_merges": False,
    "session_timeout_minutes": 2,
    "session_cut_at_midnight": True,
    "session_max_hours": 1,
    "session_excluded_events": ["seen"],
    "session_source": "collector",
    "history_warmup_days": 3,
    "mixpanel_time_zone": "Asia/Tokyo",
    "consent_categories": ["x"],
    "unstated_consent": "denied",
    "keep_development_events": True,
}


def test_unit_tests_pass_whatever_is_set(sample_database: Path, tmp_path: Path) -> None:
    """A build of a selection runs them too: what a test needs, it sets itself."""
    database = copy_database(sample_database, tmp_path)
    others = ("--vars", json.dumps(OTHER_VARS))
    result = run_dbt("test", "--select", "test_type:unit", *others, database=database)
    assert result.returncode == 0, result.stdout[-8000:]
    passed = re.search(r"PASS=(\d+) WARN=0 ERROR=0 SKIP=0", result.stdout)
    assert passed is not None, result.stdout[-500:]
    assert int(passed.group(1)) >= FEWEST_UNIT_TESTS


@pytest.fixture(scope="module")
def target(sample_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `dbt docs generate` writes."""
    database = copy_database(sample_database, tmp_path_factory.mktemp("docs"))
    result = run_dbt("docs", "generate", "--write-json", database=database)
    assert result.returncode == 0, result.stdout[-5000:]
    return database.parent / f"{database.stem}_target"


@pytest.fixture(scope="module")
def nodes(target: Path) -> list[dict[str, Any]]:
    """The models and seeds of the project."""
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    kinds = ("model", "seed")
    return [n for n in manifest["nodes"].values() if n["resource_type"] in kinds]


@pytest.fixture(scope="module")
def public(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = [node for node in nodes if node.get("access") == "public"]
    assert len(found) >= 17
    return found


def test_every_model_and_seed_says_what_a_row_of_it_is(
    nodes: list[dict[str, Any]],
) -> None:
    others = {
        node["name"]: node["description"]
        for node in nodes
        if not node["description"].startswith("One row per ")
    }
    assert others == {}


def test_what_follows_a_journal_is_built_after_it_is_written(
    nodes: list[dict[str, Any]],
) -> None:
    """What follows moves asks the journal of events too."""
    by_id = {node["unique_id"]: node for node in nodes}

    def name_all_before(unique_id: str) -> set[str]:
        found: set[str] = set()
        waiting = [unique_id]
        while waiting:
            depends_on = by_id[waiting.pop()]["depends_on"]
            parents = set(depends_on.get("nodes", [])) & by_id.keys() - found
            found |= parents
            waiting += parents
        return found

    def has(node: dict[str, Any], key: str, journal: str) -> bool:
        return bool(node["config"].get("meta", {}).get(key) == journal)

    writers = {"lines": {"model.throughline.landed_events"}} | {
        journal: {node["unique_id"] for node in nodes if has(node, key, journal)}
        for journal, key in (
            ("events", "journals"),
            ("people", "journals"),
            ("moves", "records"),
        )
    }
    assert all(writers.values())
    writers["moves"] |= writers["events"]
    for journal, written in writers.items():
        followers = {n["unique_id"] for n in nodes if has(n, "follows", journal)}
        early = {f for f in followers - written if not written <= name_all_before(f)}
        assert not early, journal


def test_every_column_of_a_public_table_is_described(
    public: list[dict[str, Any]], sample_database: Path, target: Path
) -> None:
    catalog = json.loads((target / "catalog.json").read_text(encoding="utf-8"))
    query = """
        select table_name, column_name from information_schema.columns
        where table_schema = 'main' order by table_name, ordinal_position
    """
    built: dict[str, list[str]] = {}
    for table, column in read(sample_database, query):
        built.setdefault(table, []).append(column)
    described = {
        node["name"]: [
            name for name, column in node["columns"].items() if column["description"]
        ]
        for node in public
    }
    assert described == built
    for node in public:
        in_catalog = catalog["nodes"][node["unique_id"]]["columns"]
        assert list(in_catalog) == described[node["name"]]


def test_public_tables_have_contracts_and_are_in_the_main_schema(
    public: list[dict[str, Any]],
) -> None:
    loose = [
        node["name"]
        for node in public
        if not node["contract"]["enforced"] or node["schema"] != "main"
    ]
    assert loose == []

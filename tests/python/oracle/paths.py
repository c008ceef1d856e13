"""Paths, node by node and edge by edge (SEMANTICS.md section 5)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from oracle.definitions import cell, filled_cells, is_between, rows_of
from oracle.numbers import mean
from oracle.records import SECOND, Event, text_or_none, to_events, to_frame

OTHER = "(other)"
DROP_OFF = "(drop-off)"
COLUMNS = [
    "path_report",
    "source_step",
    "source_item",
    "target_step",
    "target_item",
    "path_count",
    "people_count",
    "mean_seconds",
]


@dataclass(frozen=True)
class Node:
    """One item of a path, at the time of the last event of its run."""

    item: str
    at: int


@dataclass(frozen=True)
class Path:
    """One unit's numbered nodes."""

    person_id: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True, order=True)
class Edge:
    """From one numbered item to the next; its order breaks ties between counts."""

    source_step: int
    source_item: str
    target_step: int
    target_item: str


@dataclass(frozen=True)
class Passage:
    """One path's way along an edge."""

    edge: Edge
    person_id: str
    seconds: float | None


def is_supported(definition: Mapping[str, Any]) -> bool:
    """Whether the oracle knows every option that the definition uses."""
    is_known_unit = cell(definition, "unit", "session") in ("session", "person")
    return is_known_unit and not filled_cells(definition, ["cohort"])


def path_edges(
    events: pd.DataFrame,
    path_reports: pd.DataFrame,
    path_exclusions: pd.DataFrame | None = None,
    path_groupings: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The public table `path_edges` for the path reports given."""
    none = pd.DataFrame({"path_report": []})
    all_exclusions = none if path_exclusions is None else path_exclusions
    all_groupings = none if path_groupings is None else path_groupings
    records = to_events(events)
    rows: list[dict[str, Any]] = []
    for definition in path_reports.to_dict("records"):
        report = cell(definition, "path_report")
        excluded = [
            cell(row, "item") for row in rows_of(all_exclusions, path_report=report)
        ]
        groupings = [
            (cell(row, "pattern"), cell(row, "item"))
            for row in rows_of(all_groupings, path_report=report)
        ]
        paths = _paths(records, definition, excluded, groupings)
        rows.extend({"path_report": report, **row} for row in _edges(paths, definition))
    return to_frame(rows, COLUMNS, COLUMNS[:5])


def _paths(
    records: Sequence[Event],
    definition: Mapping[str, Any],
    excluded: Sequence[str],
    groupings: Sequence[tuple[str, str]],
) -> list[Path]:
    """The unit is person and session, or the person; only interactions are nodes."""
    units: dict[tuple[str, str], list[Node]] = {}
    is_by_person = cell(definition, "unit", "session") == "person"
    for event in records:
        if event.person_id is None or not event.is_interaction:
            continue
        if event.session_id is None and not is_by_person:
            continue
        if not is_between(event.at, definition, "path_from", "path_until"):
            continue
        item = item_of(event, cell(definition, "item", "page_path"), groupings)
        if item is None or any(fits(each, item) for each in excluded):
            continue
        unit = (event.person_id, "" if is_by_person else str(event.session_id))
        units.setdefault(unit, []).append(Node(item, event.at))
    paths = [
        Path(person_id, cut_path(nodes, definition))
        for (person_id, _), nodes in units.items()
    ]
    return [path for path in paths if path.nodes]


def item_of(
    event: Event, kind: str, groupings: Sequence[tuple[str, str]]
) -> str | None:
    """An event's item: its name, or a page view's path without its trailing slash.

    The first grouping whose pattern fits replaces it; `*` stands for anything, all
    else is literal.
    """
    item: str | None = event.event_name
    if kind == "page_path":
        path = text_or_none(event.columns.get("page_path"))
        item = path if event.event_name == "page_viewed" else None
        if item is not None:
            item = item.rstrip("/") or "/"
    if item is None:
        return None
    for pattern, group in groupings:
        if fits(pattern, item):
            return group
    return item


def fits(pattern: str, item: str) -> bool:
    """Whether an item is as a pattern says: `*` is anything, all else literal."""
    literals = [re.escape(part) for part in pattern.split("*")]
    return re.fullmatch(".*".join(literals), item, flags=re.DOTALL) is not None


def cut_path(nodes: Sequence[Node], definition: Mapping[str, Any]) -> tuple[Node, ...]:
    """Collapse repeats, then cut at the start and end items and at the step limit.

    A path without the start item, or without the end item after it, drops out; with an
    end item the last `step_limit` nodes are kept, else the first.
    """
    start_item, end_item = cell(definition, "start_item"), cell(definition, "end_item")
    step_limit = int(cell(definition, "step_limit", "5"))
    kept = list(nodes)
    if cell(definition, "collapse_repeats", "true").lower() == "true":
        kept = collapse(kept)
    if start_item:
        starts = [index for index, node in enumerate(kept) if node.item == start_item]
        kept = kept[starts[0] :] if starts else []
    if end_item:
        ends = [index for index, node in enumerate(kept) if node.item == end_item]
        kept = kept[: ends[0] + 1] if ends else []
        return tuple(kept[-step_limit:])
    return tuple(kept[:step_limit])


def collapse(nodes: Sequence[Node]) -> list[Node]:
    """Consecutive equal items become one, keeping the last event of the run."""
    kept: list[Node] = []
    for node in nodes:
        if kept and kept[-1].item == node.item:
            kept.pop()
        kept.append(node)
    return kept


def _edges(
    paths: Sequence[Path], definition: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Edges beyond the limit go to `(other)`, paths that stop to `(drop-off)`.

    Ranked by count, then source, then target, over the whole report; an edge beyond
    the limit keeps its source; `(drop-off)` edges are neither ranked nor cut.
    """
    step_limit = int(cell(definition, "step_limit", "5"))
    edge_limit = int(cell(definition, "edge_limit", "50"))
    passages = [each for path in paths for each in _passages(path, step_limit)]
    counts: dict[Edge, int] = {}
    for passage in passages:
        if passage.edge.target_item != DROP_OFF:
            counts[passage.edge] = counts.get(passage.edge, 0) + 1
    ranked = sorted(counts, key=lambda edge: (-counts[edge], edge))
    shown = set(ranked[:edge_limit])
    merged: dict[Edge, list[Passage]] = {}
    for passage in passages:
        edge = passage.edge
        if edge.target_item != DROP_OFF and edge not in shown:
            edge = Edge(edge.source_step, edge.source_item, edge.target_step, OTHER)
        merged.setdefault(edge, []).append(passage)
    return [
        {
            "source_step": edge.source_step,
            "source_item": edge.source_item,
            "target_step": edge.target_step,
            "target_item": edge.target_item,
            "path_count": len(along),
            "people_count": len({passage.person_id for passage in along}),
            "mean_seconds": mean(
                [each.seconds for each in along if each.seconds is not None]
            ),
        }
        for edge, along in merged.items()
    ]


def _passages(path: Path, step_limit: int) -> list[Passage]:
    """A path's edges, and the edge to `(drop-off)` of one that ends below the limit."""
    nodes = path.nodes
    passages = [
        Passage(
            Edge(step, source.item, step + 1, target.item),
            path.person_id,
            (target.at - source.at) / SECOND,
        )
        for step, (source, target) in enumerate(pairwise(nodes), 1)
    ]
    if len(nodes) < step_limit:
        edge = Edge(len(nodes), nodes[-1].item, len(nodes) + 1, DROP_OFF)
        passages.append(Passage(edge, path.person_id, None))
    return passages

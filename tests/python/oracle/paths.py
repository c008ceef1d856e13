"""Paths, node by node and edge by edge (SEMANTICS.md section 5)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from oracle.definitions import canonical_name, cell, is_between, rows_of
from oracle.numbers import mean, median, wilson_interval
from oracle.records import SECOND, Event, text_or_none, to_events, to_frame

OTHER = "(other)"
DROP_OFF = "(drop-off)"
START = "(start)"
BEFORE, AFTER = "before", "after"
COLUMNS = [
    "path_report",
    "source_step",
    "source_item",
    "target_step",
    "target_item",
    "path_count",
    "people_count",
    "path_share",
    "mean_seconds",
    "median_seconds",
]
SEQUENCE_COLUMNS = [
    "path_report",
    "sequence_rank",
    "path",
    "node_count",
    "path_count",
    "people_count",
    "path_share",
    "mean_seconds",
    "median_seconds",
]
LOOP_COLUMNS = [
    "path_report",
    "item",
    "visit_count",
    "path_count",
    "people_count",
    "returning_path_count",
    "return_rate",
    "rate_low",
    "rate_high",
    "return_count",
    "left_and_back_count",
    "mean_seconds_to_return",
]
NEIGHBOUR_COLUMNS = [
    "path_report",
    "item",
    "direction",
    "neighbour",
    "passage_count",
    "people_count",
    "passage_share",
    "median_seconds",
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
    return cell(definition, "unit", "session") in ("session", "person")


@dataclass(frozen=True)
class Report:
    """A path report: its row, and the units that take part in it, uncut."""

    definition: Mapping[str, Any]
    units: tuple[Path, ...]

    @property
    def name(self) -> str:
        """Its name."""
        return cell(self.definition, "path_report")

    @property
    def paths(self) -> list[Path]:
        """Its units' numbered nodes; a unit without any has no path."""
        cut = [
            Path(unit.person_id, cut_path(unit.nodes, self.definition))
            for unit in self.units
        ]
        return [path for path in cut if path.nodes]

    def number(self, column: str, default: int) -> int:
        """A whole number among its options."""
        return int(cell(self.definition, column, str(default)))


def read_reports(
    events: pd.DataFrame,
    path_reports: pd.DataFrame,
    path_exclusions: pd.DataFrame | None = None,
    path_groupings: pd.DataFrame | None = None,
    cohort_members: pd.DataFrame | None = None,
) -> list[Report]:
    """All reports, each with its units, of people who ever were in its cohort."""
    none = pd.DataFrame({"path_report": []})
    all_exclusions = none if path_exclusions is None else path_exclusions
    all_groupings = none if path_groupings is None else path_groupings
    records = to_events(events)
    reports = []
    for definition in path_reports.to_dict("records"):
        name = cell(definition, "path_report")
        kind = cell(definition, "item", "page_path")
        excluded = [
            as_pattern(cell(row, "item"), kind)
            for row in rows_of(all_exclusions, path_report=name)
        ]
        groupings = [
            (as_pattern(cell(row, "pattern"), kind), as_item(cell(row, "item"), kind))
            for row in rows_of(all_groupings, path_report=name)
        ]
        members = people_of(cell(definition, "cohort"), cohort_members)
        units = _units(records, definition, excluded, groupings, members)
        reports.append(Report(definition, tuple(units)))
    return reports


def people_of(cohort: str, cohort_members: pd.DataFrame | None) -> set[str] | None:
    """Who ever was in a cohort; everyone, told by null, without one."""
    if not cohort:
        return None
    assert cohort_members is not None
    return {row["person_id"] for row in rows_of(cohort_members, cohort=cohort)}


def _units(
    records: Sequence[Event],
    definition: Mapping[str, Any],
    excluded: Sequence[str],
    groupings: Sequence[tuple[str, str]],
    members: set[str] | None,
) -> list[Path]:
    """The unit is person and session, or the person; only interactions are nodes.

    A unit without the start or the end item is none of the report's.
    """
    units: dict[tuple[str, str], list[Node]] = {}
    is_by_person = cell(definition, "unit", "session") == "person"
    kind = cell(definition, "item", "page_path")
    for event in records:
        if event.person_id is None or not event.is_interaction:
            continue
        if event.session_id is None and not is_by_person:
            continue
        if members is not None and event.person_id not in members:
            continue
        if not is_between(event.at, definition, "path_from", "path_until"):
            continue
        item = item_of(event, kind, groupings)
        if item is None or any(fits(each, item) for each in excluded):
            continue
        unit = (event.person_id, "" if is_by_person else str(event.session_id))
        units.setdefault(unit, []).append(Node(item, event.at))
    wanted = {
        as_item(cell(definition, column), kind)
        for column in ("start_item", "end_item")
        if cell(definition, column)
    }
    collapses = cell(definition, "collapse_repeats", "true").lower() == "true"
    return [
        Path(person_id, tuple(collapse(nodes) if collapses else nodes))
        for (person_id, _), nodes in units.items()
        if wanted <= {node.item for node in nodes}
    ]


def as_item(text: str, kind: str) -> str:
    """An item as definitions may write it: no trailing slash, names in snake_case."""
    if kind == "event_name":
        return canonical_name(text)
    return text.rstrip("/") or text[:1]


def as_pattern(text: str, kind: str) -> str:
    """A pattern is written as an item is; a star in it stands for anything."""
    if "*" not in text or kind != "event_name":
        return as_item(text, kind)
    words = re.sub("([a-z0-9])([A-Z])", r"\1_\2", text).lower()
    return re.sub("[^a-z0-9*]+", "_", words).strip("_")


def path_edges(
    events: pd.DataFrame,
    path_reports: pd.DataFrame,
    path_exclusions: pd.DataFrame | None = None,
    path_groupings: pd.DataFrame | None = None,
    cohort_members: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The public table `path_edges` for the path reports given."""
    reports = read_reports(
        events, path_reports, path_exclusions, path_groupings, cohort_members
    )
    return edges_of(reports)


def edges_of(reports: Sequence[Report]) -> pd.DataFrame:
    """The public table `path_edges`."""
    rows = [
        {"path_report": report.name, **row}
        for report in reports
        for row in _edges(report.paths, report.definition)
    ]
    return to_frame(rows, COLUMNS, COLUMNS[:5])


def sequences_of(reports: Sequence[Report]) -> pd.DataFrame:
    """The public table `path_sequences`: whole paths, by count, then by their text."""
    rows: list[dict[str, Any]] = []
    for report in reports:
        taken: dict[str, list[Path]] = {}
        for path in report.paths:
            text = " > ".join(node.item for node in path.nodes)
            taken.setdefault(text, []).append(path)
        ranked = sorted(taken, key=lambda text: (-len(taken[text]), text))
        limit = report.number("sequence_limit", 1000)
        shown = [(text, taken[text]) for text in ranked[:limit]]
        beyond = [path for text in ranked[limit:] for path in taken[text]]
        if beyond:
            shown.append((OTHER, beyond))
        for rank, (text, paths) in enumerate(shown, 1):
            seconds = [
                (path.nodes[-1].at - path.nodes[0].at) / SECOND for path in paths
            ]
            rows.append(
                {
                    "path_report": report.name,
                    "sequence_rank": rank,
                    "path": text,
                    "node_count": None if paths is beyond else len(paths[0].nodes),
                    "path_count": len(paths),
                    "people_count": len({path.person_id for path in paths}),
                    "path_share": len(paths) / len(report.paths),
                    "mean_seconds": mean(seconds),
                    "median_seconds": median(seconds),
                }
            )
    return to_frame(rows, SEQUENCE_COLUMNS, SEQUENCE_COLUMNS[:2])


def loops_of(reports: Sequence[Report]) -> pd.DataFrame:
    """The public table `path_loops`: returns are visits after a unit's first."""
    rows: list[dict[str, Any]] = []
    for report in reports:
        for item in {node.item for unit in report.units for node in unit.nodes}:
            visits = [
                (
                    unit,
                    [
                        place
                        for place, node in enumerate(unit.nodes)
                        if node.item == item
                    ],
                )
                for unit in report.units
            ]
            visiting = [(unit, places) for unit, places in visits if places]
            gaps = [
                (unit.nodes[later].at - unit.nodes[earlier].at) / SECOND
                for unit, places in visiting
                for earlier, later in pairwise(places)
            ]
            back = sum(
                later == earlier + 2 and unit.nodes[earlier + 1].item != item
                for unit, places in visiting
                for place, earlier in enumerate(places)
                for later in places[place + 1 :]
            )
            returning = sum(len(places) > 1 for _, places in visiting)
            low, high = wilson_interval(returning, len(visiting))
            rows.append(
                {
                    "path_report": report.name,
                    "item": item,
                    "visit_count": sum(len(places) for _, places in visiting),
                    "path_count": len(visiting),
                    "people_count": len({unit.person_id for unit, _ in visiting}),
                    "returning_path_count": returning,
                    "return_rate": returning / len(visiting),
                    "rate_low": low,
                    "rate_high": high,
                    "return_count": len(gaps),
                    "left_and_back_count": back,
                    "mean_seconds_to_return": mean(gaps),
                }
            )
    return to_frame(rows, LOOP_COLUMNS, LOOP_COLUMNS[:2])


def neighbours_of(reports: Sequence[Report]) -> pd.DataFrame:
    """The public table `path_neighbours`: what stood immediately before and after."""
    rows: list[dict[str, Any]] = []
    for report in reports:
        counts: dict[str, int] = {}
        for unit in report.units:
            for node in unit.nodes:
                counts[node.item] = counts.get(node.item, 0) + 1
        ranked = sorted(counts, key=lambda item: (-counts[item], item))
        shown = set(ranked[: report.number("edge_limit", 50)])
        found: dict[tuple[str, str, str], list[tuple[str, float | None]]] = {}
        for unit in report.units:
            items = [node.item if node.item in shown else OTHER for node in unit.nodes]
            for place, item in enumerate(items):
                for direction, other in ((BEFORE, place - 1), (AFTER, place + 1)):
                    neighbour, seconds = (
                        START if direction == BEFORE else DROP_OFF,
                        None,
                    )
                    if 0 <= other < len(items):
                        neighbour = items[other]
                        gap = unit.nodes[other].at - unit.nodes[place].at
                        seconds = abs(gap) / SECOND
                    along = found.setdefault((item, direction, neighbour), [])
                    along.append((unit.person_id, seconds))
        totals: dict[tuple[str, str], int] = {}
        for (item, direction, _), along in found.items():
            key = (item, direction)
            totals[key] = totals.get(key, 0) + len(along)
        rows.extend(
            {
                "path_report": report.name,
                "item": item,
                "direction": direction,
                "neighbour": neighbour,
                "passage_count": len(along),
                "people_count": len({person for person, _ in along}),
                "passage_share": len(along) / totals[item, direction],
                "median_seconds": median(
                    [each for _, each in along if each is not None]
                ),
            }
            for (item, direction, neighbour), along in found.items()
        )
    return to_frame(rows, NEIGHBOUR_COLUMNS, NEIGHBOUR_COLUMNS[:4])


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
    """Cut a unit's visits at the start and end items and at the step limit.

    A path without the start item, or without the end item after it, drops out; with an
    end item the last `step_limit` nodes are kept, else the first.
    """
    kind = cell(definition, "item", "page_path")
    start_item = as_item(cell(definition, "start_item"), kind)
    end_item = as_item(cell(definition, "end_item"), kind)
    step_limit = int(cell(definition, "step_limit", "5"))
    kept = list(nodes)
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
    ranked = sorted(
        counts,
        key=lambda edge: (
            -counts[edge],
            edge.source_item,
            edge.target_item,
            edge.source_step,
        ),
    )
    shown = set(ranked[:edge_limit])
    merged: dict[Edge, list[Passage]] = {}
    for passage in passages:
        edge = passage.edge
        if edge.target_item != DROP_OFF and edge not in shown:
            edge = Edge(edge.source_step, edge.source_item, edge.target_step, OTHER)
        merged.setdefault(edge, []).append(passage)
    leaving: dict[tuple[int, str], int] = {}
    for edge, along in merged.items():
        source = (edge.source_step, edge.source_item)
        leaving[source] = leaving.get(source, 0) + len(along)
    return [
        {
            "source_step": edge.source_step,
            "source_item": edge.source_item,
            "target_step": edge.target_step,
            "target_item": edge.target_item,
            "path_count": len(along),
            "people_count": len({passage.person_id for passage in along}),
            "path_share": len(along) / leaving[edge.source_step, edge.source_item],
            "mean_seconds": mean(_seconds(along)),
            "median_seconds": median(_seconds(along)),
        }
        for edge, along in merged.items()
    ]


def _seconds(passages: Sequence[Passage]) -> list[float]:
    return [each.seconds for each in passages if each.seconds is not None]


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

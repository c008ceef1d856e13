"""Who took up which feature (DESIGN.md, `feature_adoption` and `features.csv`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from oracle.definitions import EventNames, cell, filled_cells
from oracle.numbers import median, rate
from oracle.records import (
    SECOND,
    Event,
    by_person,
    to_events,
    to_frame,
    with_built_in_events,
)

COLUMNS = [
    "feature",
    "adopters",
    "active_people",
    "adoption_rate",
    "use_count",
    "median_seconds_to_adopt",
    "repeat_rate",
]


def is_supported(definition: Mapping[str, Any]) -> bool:
    """Whether the oracle knows every option that the definition uses."""
    is_of_person = cell(definition, "feature_property").startswith("user.")
    return not filled_cells(definition, ["cohort"]) and not is_of_person


def feature_adoption(
    events: pd.DataFrame,
    features: pd.DataFrame,
    named_events: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The public table `feature_adoption` for the features given.

    Active is who had an interaction or used any of the features; time to adopt runs
    from the person's first event of all to the first use; a feature without a property
    is in the table unused, too.
    """
    names = EventNames(named_events)
    people = by_person(with_built_in_events(to_events(events)))
    definitions = features.to_dict("records")
    active_people = sum(
        any(_is_active(event, definitions, names) for event in own_events)
        for own_events in people.values()
    )
    first_seen = {person: own_events[0].at for person, own_events in people.items()}
    rows: list[dict[str, Any]] = []
    for definition in definitions:
        name = cell(definition, "feature")
        has_values = bool(cell(definition, "feature_property"))
        uses: dict[str, dict[str, list[Event]]] = {} if has_values else {name: {}}
        for person_id, own_events in people.items():
            for event in own_events:
                feature = _feature_of(event, definition, names)
                if feature is not None:
                    of_feature = uses.setdefault(feature, {})
                    of_feature.setdefault(person_id, []).append(event)
        rows.extend(
            _row(feature, of_feature, first_seen, active_people)
            for feature, of_feature in uses.items()
        )
    return to_frame(rows, COLUMNS, ["feature"])


def _is_active(
    event: Event, definitions: Sequence[Mapping[str, Any]], names: EventNames
) -> bool:
    """An interaction, or the use of any feature, be it through a server."""
    return event.is_interaction or any(
        _feature_of(event, definition, names) is not None for definition in definitions
    )


def _feature_of(
    event: Event, definition: Mapping[str, Any], names: EventNames
) -> str | None:
    """Each value of `feature_property` is a feature of its own: `name: value`."""
    if not names.matches(cell(definition, "event"), event):
        return None
    name, property_name = (
        cell(definition, "feature"),
        cell(definition, "feature_property"),
    )
    if not property_name:
        return name
    value = event.value_of(property_name)
    return None if value is None or value == "" else f"{name}: {value}"


def _row(
    feature: str,
    uses: Mapping[str, Sequence[Event]],
    first_seen: Mapping[str, int],
    active_people: int,
) -> dict[str, Any]:
    adopters = len(uses)
    repeaters = sum(len(own_uses) >= 2 for own_uses in uses.values())
    seconds_to_adopt = [
        (own_uses[0].at - first_seen[person_id]) / SECOND
        for person_id, own_uses in uses.items()
    ]
    return {
        "feature": feature,
        "adopters": adopters,
        "active_people": active_people,
        "adoption_rate": rate(adopters, active_people),
        "use_count": sum(len(own_uses) for own_uses in uses.values()),
        "median_seconds_to_adopt": median(seconds_to_adopt),
        "repeat_rate": rate(repeaters, adopters),
    }

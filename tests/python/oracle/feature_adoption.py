"""Who took up which feature, when, how often, and who stayed (DESIGN.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import chi2_contingency, false_discovery_control
from statsmodels.stats.proportion import confint_proportions_2indep

from oracle.definitions import (
    ALL_VALUES,
    ANY_ACTIVITY,
    ANY_INTERACTION,
    NOT_SET,
    EventNames,
    breakdown_value,
    cell,
)
from oracle.numbers import mean, median, rate, wilson_interval
from oracle.periods import add_periods, local_date, moment_of, period_start
from oracle.records import (
    BUILT_IN_NAMES,
    DAY,
    FIRST_SEEN,
    SECOND,
    Event,
    by_person,
    properties_as_text,
    to_events,
    to_frame,
    with_built_in_events,
)

LAST_CURVE_DAY = 90
JUDGED_DAYS = 28
EARLY_DAYS = 14
MOST_USES = 10
RULE_DAYS = (1, 2, 3, 7, 14)
FEWEST_PEOPLE = 10
OF_AUDIENCE = ("since_event", "cohort", "breakdown_property")
PER_DAY = ["people_count", "use_count", "new_adopters", "adopters_so_far"]

Row = dict[str, Any]
Counts = tuple[int, int, int, int]


def is_supported(definition: Mapping[str, Any]) -> bool:
    """Whether the oracle knows every option that the definition uses."""
    return not cell(definition, "feature_property").startswith("cohort.")


def feature_adoption(
    events: pd.DataFrame,
    features: pd.DataFrame,
    named_events: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The public table `feature_adoption` for the features given."""
    return Adoption(events, features, named_events).adoption()


@dataclass
class Feature:
    """One feature: the row it comes from, and each person's uses in order."""

    name: str
    definition: Mapping[str, Any]
    uses: dict[str, list[Event]] = field(default_factory=dict)


@dataclass(frozen=True)
class Member:
    """An active person of a feature's audience."""

    person_id: str
    since: int | None
    value: str | None


class Adoption:
    """All tables of features, from the rows of the public `events`."""

    def __init__(
        self,
        events: pd.DataFrame,
        features: pd.DataFrame,
        named_events: pd.DataFrame | None = None,
        cohort_members: pd.DataFrame | None = None,
        time_zone: str = "UTC",
        warmup_days: int = 0,
    ) -> None:
        """Read the events once; the data is complete up to the last of them."""
        self.time_zone = time_zone
        self.names = EventNames(named_events)
        self.composed = set() if named_events is None else set(named_events["event"])
        self.definitions = features.to_dict("records")
        self.ever_in: dict[str, set[str]] = {}
        if cohort_members is not None:
            pairs = cohort_members[["cohort", "person_id"]]
            for cohort, person_id in pairs.itertuples(index=False):
                self.ever_in.setdefault(cohort, set()).add(person_id)
        records = to_events(events)
        self.people = by_person(with_built_in_events(records))
        self.first_at, self.as_of = records[0].at, records[-1].at
        self.first_seen = {who: own[0].at for who, own in self.people.items()}
        self.warm = {
            who
            for who, at in self.first_seen.items()
            if at < self.first_at + warmup_days * DAY
        }

    # The uses, of whoever: cohorts only narrow whom a table counts.
    @cached_property
    def features(self) -> list[Feature]:
        """Each value of `feature_property` is a feature of its own: `name: value`."""
        found: dict[str, Feature] = {}
        for definition in self.definitions:
            name = cell(definition, "feature")
            if not cell(definition, "feature_property"):
                found[name] = Feature(name, definition)
            event_name = cell(definition, "event")
            for person_id, own in self.people.items():
                for event in own:
                    if not self.names.is_activity(event_name, event):
                        continue
                    label = self._label(definition, event)
                    if label is not None:
                        feature = found.setdefault(label, Feature(label, definition))
                        feature.uses.setdefault(person_id, []).append(event)
        return list(found.values())

    def _label(self, definition: Mapping[str, Any], event: Event) -> str | None:
        name = cell(definition, "feature")
        property_name = cell(definition, "feature_property")
        if not property_name:
            return name
        value = event.value_of(property_name)
        if property_name.startswith("user."):
            value = self._trait(event.person_id, property_name, event.at)
        return None if value is None or value == "" else f"{name}: {value}"

    @cached_property
    def _said(self) -> dict[str, list[tuple[int, Mapping[str, str | None]]]]:
        """What each event said of its person, in order."""
        return {
            person_id: [
                (event.at, properties_as_text(event.columns.get("user_properties")))
                for event in own
                if not event.is_built_in
            ]
            for person_id, own in self.people.items()
        }

    def _trait(self, person_id: str | None, name: str, at: int | None) -> str | None:
        """What was last said of a person up to a moment, that moment included."""
        said = [
            traits.get(name.removeprefix("user."))
            for moment, traits in self._said.get(person_id or "", [])
            if at is None or moment <= at
        ]
        return next((each for each in reversed(said) if each is not None), None)

    @cached_property
    def activity(self) -> dict[str, list[int]]:
        """When a person was active: interactions, and uses of any feature."""
        found: dict[str, set[tuple[int, str]]] = {}
        for person_id, own in self.people.items():
            for event in own:
                if event.is_interaction:
                    found.setdefault(person_id, set()).add(event.order)
        for feature in self.features:
            for person_id, uses in feature.uses.items():
                found.setdefault(person_id, set()).update(use.order for use in uses)
        return {who: sorted(at for at, _ in moments) for who, moments in found.items()}

    def audience(self, definition: Mapping[str, Any]) -> dict[str, Member]:
        """The active people, of the cohort where there is one."""
        cohort = self._ever_in(cell(definition, "cohort"))
        since_event = cell(definition, "since_event", FIRST_SEEN)
        property_name = cell(definition, "breakdown_property")
        found = {}
        for person_id in self.activity:
            if cohort is not None and person_id not in cohort:
                continue
            begun = [
                event
                for event in self.people[person_id]
                if self.names.is_activity(since_event, event)
            ]
            value = self._value(person_id, property_name, begun[:1])
            since = begun[0].at if begun else None
            found[person_id] = Member(person_id, since, value)
        return found

    def _ever_in(self, cohort: str) -> set[str] | None:
        return self.ever_in.get(cohort, set()) if cohort else None

    def _value(
        self, person_id: str, property_name: str, begun: Sequence[Event]
    ) -> str | None:
        if not property_name:
            return None
        if property_name.startswith("cohort."):
            ever = self._ever_in(property_name.removeprefix("cohort.")) or set()
            return "true" if person_id in ever else "false"
        if property_name.startswith("user."):
            value = self._trait(person_id, property_name, None)
            return value or NOT_SET
        return breakdown_value(begun[0], property_name) if begun else NOT_SET

    @cached_property
    def counted(
        self,
    ) -> list[tuple[Feature, dict[str, Member], dict[str, list[Event]]]]:
        """Each feature with its audience and the uses of people in it.

        A feature told by a property that nobody of the audience has used is none.
        """
        found = []
        audiences: dict[tuple[str, ...], dict[str, Member]] = {}
        for feature in self.features:
            key = tuple(cell(feature.definition, name) for name in OF_AUDIENCE)
            if key not in audiences:
                audiences[key] = self.audience(feature.definition)
            audience = audiences[key]
            uses = {who: own for who, own in feature.uses.items() if who in audience}
            if uses or not cell(feature.definition, "feature_property"):
                found.append((feature, audience, uses))
        return found

    def adoption(self) -> pd.DataFrame:
        """The public table `feature_adoption`."""
        rows = []
        for feature, audience, uses in self.counted:
            adopters, use_count = len(uses), sum(map(len, uses.values()))
            days = [len(self._days(own)) for own in uses.values()]
            seconds = [
                (own[0].at - since) / SECOND
                for who, own in uses.items()
                for since in [audience[who].since]
                if since is not None and own[0].at >= since
            ]
            low, high = wilson_interval(adopters, len(audience))
            rows.append(
                {
                    "feature": feature.name,
                    "adopters": adopters,
                    "active_people": len(audience),
                    "adoption_rate": rate(adopters, len(audience)),
                    "rate_low": low,
                    "rate_high": high,
                    "use_count": use_count,
                    "mean_seconds_to_adopt": mean(seconds),
                    "p25_seconds_to_adopt": quantile(seconds, 0.25),
                    "median_seconds_to_adopt": median(seconds),
                    "p75_seconds_to_adopt": quantile(seconds, 0.75),
                    "p90_seconds_to_adopt": quantile(seconds, 0.9),
                    "mean_uses_per_adopter": rate(use_count, adopters),
                    "median_uses_per_adopter": median(
                        [len(own) for own in uses.values()]
                    ),
                    "mean_days_per_adopter": rate(sum(days), adopters),
                    "median_days_per_adopter": median(days),
                    "uses_per_day_of_use": rate(use_count, sum(days)),
                    "repeat_rate": rate(
                        sum(len(own) >= 2 for own in uses.values()), adopters
                    ),
                    "repeat_day_rate": rate(sum(each >= 2 for each in days), adopters),
                }
            )
        return frame(rows, ["feature"])

    def _days(self, uses: Iterable[Event]) -> set[date]:
        return {local_date(use.at, self.time_zone) for use in uses}

    def daily(self) -> pd.DataFrame:
        """The public table `feature_adoption_daily`: every day of the data."""
        first = local_date(self.first_at, self.time_zone)
        last = local_date(self.as_of, self.time_zone)
        span = range((last - first).days + 1)
        active_on: dict[date, set[str]] = {}
        for who, moments in self.activity.items():
            for at in moments:
                active_on.setdefault(local_date(at, self.time_zone), set()).add(who)
        rows = []
        for feature, audience, uses in self.counted:
            so_far = 0
            by_day: dict[date, list[str]] = {}
            for who, own in uses.items():
                for use in own:
                    day = local_date(use.at, self.time_zone)
                    by_day.setdefault(day, []).append(who)
            new = [local_date(own[0].at, self.time_zone) for own in uses.values()]
            for day in [first + timedelta(days=number) for number in span]:
                used = by_day.get(day, [])
                active = len(active_on.get(day, set()) & audience.keys())
                so_far += new.count(day)
                low, high = wilson_interval(len(set(used)), active)
                counts = [len(set(used)), len(used), new.count(day), so_far]
                rows.append(
                    {
                        "feature": feature.name,
                        "activity_date": day,
                        **dict(zip(PER_DAY, counts, strict=True)),
                        "active_people": active,
                        "adoption_rate": rate(len(set(used)), active),
                        "rate_low": low,
                        "rate_high": high,
                    }
                )
        return frame(rows, ["feature", "activity_date"])

    def curve(self) -> pd.DataFrame:
        """The public table `feature_adoption_curve`: adopted by the end of day n."""
        rows = []
        for feature, audience, uses in self.counted:
            begun = {
                who: member.since
                for who, member in audience.items()
                if member.since is not None and who not in self.warm
            }
            for day in range(LAST_CURVE_DAY + 1):
                over = {
                    who: since + (day + 1) * DAY
                    for who, since in begun.items()
                    if since + (day + 1) * DAY <= self.as_of
                }
                if not over:
                    continue
                adopted = sum(
                    who in uses and uses[who][0].at < end for who, end in over.items()
                )
                low, high = wilson_interval(adopted, len(over))
                rows.append(
                    {
                        "feature": feature.name,
                        "day_number": day,
                        "people_count": len(over),
                        "adopters": adopted,
                        "adoption_rate": adopted / len(over),
                        "rate_low": low,
                        "rate_high": high,
                        "is_complete": len(over) == len(begun),
                    }
                )
        return frame(rows, ["feature", "day_number"])

    def by_cohort(self) -> pd.DataFrame:
        """The public table `feature_adoption_by_cohort`: when people's time began."""
        rows = []
        for feature, audience, uses in self.counted:
            for period in ("week", "month"):
                cohorts: dict[date, list[Member]] = {}
                for member in audience.values():
                    if member.since is not None and member.person_id not in self.warm:
                        start = period_start(member.since, period, self.time_zone)
                        cohorts.setdefault(start, []).append(member)
                for start, cohort in cohorts.items():
                    rows.append(self._cohort_row(feature, uses, period, start, cohort))
        return frame(rows, ["feature", "period_type", "cohort_start"])

    def _cohort_row(
        self,
        feature: Feature,
        uses: Mapping[str, Sequence[Event]],
        period: str,
        start: date,
        cohort: Sequence[Member],
    ) -> Row:
        end = add_periods(start, period, 1)
        size = len(cohort)
        waits = [
            uses[member.person_id][0].at - (member.since or 0)
            for member in cohort
            if member.person_id in uses
        ]
        low, high = wilson_interval(len(waits), size)
        row: Row = {
            "feature": feature.name,
            "period_type": period,
            "cohort_start": start,
            "cohort_size": size,
            "adopters": len(waits),
            "adoption_rate": len(waits) / size,
            "rate_low": low,
            "rate_high": high,
            "is_complete": self.as_of >= moment_of(end, self.time_zone),
        }
        for days in (7, 28):
            is_over = self.as_of >= moment_of(
                end + timedelta(days=days), self.time_zone
            )
            within = sum(wait < days * DAY for wait in waits) / size
            row[f"rate_within_{days}_days"] = within if is_over else None
        return row

    def by_property(self) -> pd.DataFrame:
        """The public table `feature_adoption_by_property`."""
        rows = []
        for feature, audience, uses in self.counted:
            property_name = cell(feature.definition, "breakdown_property")
            if not property_name:
                continue
            values = {member.value for member in audience.values()}
            for value in [*values, ALL_VALUES] if values else []:
                people = [
                    who
                    for who, member in audience.items()
                    if value in (member.value, ALL_VALUES)
                ]
                adopters = [who for who in people if who in uses]
                use_count = sum(len(uses[who]) for who in adopters)
                low, high = wilson_interval(len(adopters), len(people))
                rows.append(
                    {
                        "feature": feature.name,
                        "breakdown_property": property_name,
                        "breakdown_value": value,
                        "is_total": value == ALL_VALUES,
                        "active_people": len(people),
                        "adopters": len(adopters),
                        "adoption_rate": len(adopters) / len(people),
                        "rate_low": low,
                        "rate_high": high,
                        "use_count": use_count,
                        "mean_uses_per_adopter": rate(use_count, len(adopters)),
                    }
                )
        return frame(rows, ["feature", "breakdown_value"])

    def contrast(self) -> pd.DataFrame:
        """The public table `feature_retention_contrast`."""
        begin = self.as_of - JUDGED_DAYS * DAY
        rows = []
        for feature, audience, uses in self.counted:
            judged = {
                who: any(begin <= at <= self.as_of for at in self.activity[who])
                for who in audience
                if self.activity[who][0] < begin
            }
            stayed = {who for who, is_retained in judged.items() if is_retained}
            left = judged.keys() - stayed
            found = {who for who, own in uses.items() if own[0].at < begin}
            users, lost_users = len(found & stayed), len(found & left)
            counts = (users, lost_users, len(stayed), len(left))
            low, high = newcombe(*counts)
            shares = rate(users, len(stayed)), rate(lost_users, len(left))
            has_both = None not in shares
            rows.append(
                {
                    "feature": feature.name,
                    "retained_people": len(stayed),
                    "lost_people": len(left),
                    "retained_users": users,
                    "lost_users": lost_users,
                    "retained_share": shares[0],
                    "lost_share": shares[1],
                    "difference": shares[0] - shares[1] if has_both else None,
                    "difference_low": low,
                    "difference_high": high,
                    "phi": phi(*counts),
                    "p_value": p_value(*counts),
                }
            )
        return frame(corrected(rows), ["feature"])

    def value_rules(self) -> pd.DataFrame:
        """The public table `feature_value_rules`: one half ranks, the other checks."""
        stayed = {
            who: any(14 * DAY <= at - self.first_seen[who] < 28 * DAY for at in moments)
            for who, moments in self.activity.items()
            if who not in self.warm and self.first_seen[who] + 28 * DAY <= self.as_of
        }
        halves = [
            {who: kept for who, kept in stayed.items() if is_first(who) is half}
            for half in (True, False)
        ]
        rows = []
        for (event, least_uses, days), met in self._rules().items():
            proposed, checked = (rule_counts(half, met) for half in halves)
            if proposed is None or checked is None:
                continue
            row = {"event": event, "minimum_count": least_uses, "within_days": days}
            row |= rule_figures(*proposed) | {"base_rate": base_rate(*proposed)}
            row |= {
                f"check_{name}": value for name, value in rule_figures(*checked).items()
            }
            rows.append(row)
        corrected(rows)
        rows.sort(
            key=lambda row: (
                -round(row["phi"], 12),
                row["event"],
                row["minimum_count"],
                row["within_days"],
            )
        )
        for rank, row in enumerate(rows, 1):
            row["rule_rank"] = rank
            row["is_confirmed"] = (
                row["phi"] > 0
                and row["adjusted_p_value"] < 0.05
                and row["check_phi"] > 0
                and row["check_p_value"] < 0.05
            )
        return frame(rows, ["event", "minimum_count", "within_days"])

    def _rules(self) -> dict[tuple[str, int, int], set[str]]:
        """Who did what so often within so many days of first being seen."""
        plain = {
            cell(definition, "event")
            for definition in self.definitions
            if self._is_plain(definition)
        }
        moments: dict[tuple[str, str], list[int]] = {}
        for who, own in self.people.items():
            for event in own:
                is_plain = any(self.names.matches(name, event) for name in plain)
                if not event.is_built_in and (event.is_interaction or is_plain):
                    moments.setdefault((event.event_name, who), []).append(event.at)
        for feature in self.features:
            if not self._is_plain(feature.definition):
                for who, own in feature.uses.items():
                    key = (f"feature {feature.name}", who)
                    moments[key] = [use.at for use in own]
        rules: dict[tuple[str, int, int], set[str]] = {}
        for (event, who), times in moments.items():
            for number, at in enumerate(sorted(times)[:MOST_USES], 1):
                for days in RULE_DAYS:
                    if at - self.first_seen[who] < days * DAY:
                        rules.setdefault((event, number, days), set()).add(who)
        return rules

    def _is_plain(self, definition: Mapping[str, Any]) -> bool:
        """Whether a feature is one event as it was sent."""
        event = cell(definition, "event")
        others = {ANY_ACTIVITY, ANY_INTERACTION, *BUILT_IN_NAMES, *self.composed}
        return not cell(definition, "feature_property") and event not in others


def frame(rows: list[Row], key: list[str]) -> pd.DataFrame:
    """Rows as a frame, sorted by the key."""
    return to_frame(rows, list(rows[0]), key)


def quantile(values: Sequence[float], share: float) -> float | None:
    """A percentile, between two values in proportion."""
    return float(np.quantile(values, share)) if values else None


def is_first(person_id: str) -> bool:
    """Whether a person is of the half that ranks rules."""
    return hashlib.md5(person_id.encode(), usedforsecurity=False).hexdigest() < "8"


def as_table(yes: int, other_yes: int, total: int, other_total: int) -> list[list[int]]:
    """Two groups by yes and no."""
    return [[yes, total - yes], [other_yes, other_total - other_yes]]


def has_both(table: Sequence[Sequence[int]]) -> bool:
    """Whether neither a row nor a column is empty."""
    columns = zip(*table, strict=True)
    return all(map(any, table)) and all(map(any, columns))


def phi(*counts: int) -> float | None:
    """Pearson's correlation of two dichotomies, as numpy has it."""
    table = as_table(*counts)
    if not has_both(table):
        return None
    pairs = [
        (row, column)
        for row in (0, 1)
        for column in (0, 1)
        for _ in range(table[row][column])
    ]
    group, answer = zip(*pairs, strict=True)
    return float(np.corrcoef(group, answer)[0, 1])


def p_value(*counts: int) -> float | None:
    """The p-value of Pearson's chi-square without Yates' correction."""
    table = as_table(*counts)
    if not has_both(table):
        return None
    return float(chi2_contingency(table, correction=False).pvalue)


def newcombe(
    yes: int, other_yes: int, total: int, other_total: int
) -> tuple[float | None, float | None]:
    """Newcombe's interval of the difference of two shares."""
    if not total or not other_total:
        return None, None
    low, high = confint_proportions_2indep(
        yes, total, other_yes, other_total, method="newcomb", compare="diff"
    )
    return float(low), float(high)


def corrected(rows: list[Row]) -> list[Row]:
    """Add what is left of the p-values after Benjamini and Hochberg."""
    known = [row for row in rows if row["p_value"] is not None]
    values = [row["p_value"] for row in known]
    adjusted = false_discovery_control(values) if values else []
    for row in rows:
        row["adjusted_p_value"] = None
    for row, value in zip(known, adjusted, strict=True):
        row["adjusted_p_value"] = float(value)
    return rows


def rule_counts(people: Mapping[str, bool], met: set[str]) -> Counts | None:
    """Who keeps a rule and stayed, who does not and stayed, and how many each are."""
    keeping = [kept for who, kept in people.items() if who in met]
    others = [kept for who, kept in people.items() if who not in met]
    if min(len(keeping), len(others)) < FEWEST_PEOPLE:
        return None
    counts = (sum(keeping), sum(others), len(keeping), len(others))
    return None if phi(*counts) is None else counts


def base_rate(kept: int, others_kept: int, met: int, unmet: int) -> float:
    """Who stayed at all."""
    return (kept + others_kept) / (met + unmet)


def rule_figures(kept: int, others_kept: int, met: int, unmet: int) -> Row:
    """How well a rule tells who stayed."""
    precision = kept / met
    return {
        "people_count": met + unmet,
        "met_count": met,
        "met_retained_count": kept,
        "precision": precision,
        "recall": kept / (kept + others_kept),
        "lift": precision / base_rate(kept, others_kept, met, unmet),
        "phi": phi(kept, others_kept, met, unmet),
        "p_value": p_value(kept, others_kept, met, unmet),
    }


Tables = Mapping[str, Callable[[Adoption], pd.DataFrame]]
TABLES: Tables = {
    "feature_adoption": Adoption.adoption,
    "feature_adoption_daily": Adoption.daily,
    "feature_adoption_curve": Adoption.curve,
    "feature_adoption_by_cohort": Adoption.by_cohort,
    "feature_adoption_by_property": Adoption.by_property,
    "feature_retention_contrast": Adoption.contrast,
    "feature_value_rules": Adoption.value_rules,
}
KEYS = {
    "feature_adoption_daily": ["feature", "activity_date"],
    "feature_adoption_curve": ["feature", "day_number"],
    "feature_adoption_by_cohort": ["feature", "period_type", "cohort_start"],
    "feature_adoption_by_property": ["feature", "breakdown_value"],
    "feature_value_rules": ["event", "minimum_count", "within_days"],
}

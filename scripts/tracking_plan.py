"""The tracking plan: its seeds, and the JSON Schema of each planned event.

Read here by every script that speaks of the plan, so that all of them mean the same.
A schema says what the properties of one event may be, in JSON Schema draft 2020-12.
"""

from __future__ import annotations

import csv
import ipaddress
import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, validators
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator

PROJECT = Path(__file__).parents[1]
PLAN_FOLDER = PROJECT / "seeds" / "tracking_plan"
EVENTS_FILE = "tracking_plan_events.csv"
PROPERTIES_FILE = "tracking_plan_properties.csv"
POLICIES_FILE = "tracking_plan_policies.csv"
CONVENTIONS_FILE = "tracking_plan_conventions.csv"

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# What JSON Schema has no word for stands under this key, which validators pass over.
EXTENSION = "x-throughline"
EVERY_EVENT = "*"
STATUSES = ("planned", "live", "deprecated")
TYPES = ("string", "integer", "number", "boolean", "object", "array", "any")
RULES = (
    "unplanned_event",
    "unplanned_property",
    "missing_property",
    "wrong_type",
    "not_allowed",
    "pattern",
    "range",
    "format",
    "naming",
)
POLICIES = ("allow", "flag", "block")
BOOLEANS = ("true", "false")
NUMBER = re.compile(r"[+-]?(\d+)(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


class UnusablePlan(Exception):
    """The plan cannot be used: the message says what is wrong, where, what to do."""


@dataclass(frozen=True)
class PlannedEvent:
    """One row of tracking_plan_events.csv, as it is written."""

    event: str
    category: str = ""
    trigger: str = ""
    owner: str = ""
    status: str = ""
    description: str = ""


@dataclass(frozen=True)
class PlannedProperty:
    """One row of tracking_plan_properties.csv, its cells read."""

    event: str
    property: str
    type: str = "any"
    is_required: bool = False
    allowed_values: tuple[str, ...] = ()
    pattern: str = ""
    minimum: int | float | None = None
    maximum: int | float | None = None
    format: str = ""
    is_pii: bool = False
    description: str = ""


@dataclass(frozen=True)
class Policy:
    """One row of tracking_plan_policies.csv."""

    rule: str
    policy: str
    description: str = ""


@dataclass(frozen=True)
class Convention:
    """One row of tracking_plan_conventions.csv."""

    convention: str
    pattern: str
    description: str = ""


@dataclass(frozen=True)
class Plan:
    """The plan's seeds."""

    events: tuple[PlannedEvent, ...] = ()
    properties: tuple[PlannedProperty, ...] = ()
    policies: tuple[Policy, ...] = ()
    conventions: tuple[Convention, ...] = ()

    def policy_of(self, rule: str) -> str:
        """Return what is done about a broken rule; flagged unless a row says else."""
        return {row.rule: row.policy for row in self.policies}.get(rule, "flag")

    def properties_of(self, event: str) -> list[PlannedProperty]:
        """Return an event's properties; its own row of one wins over every event's."""
        name = snake_case(event)
        found = {
            row.property: row for row in self.properties if row.event == EVERY_EVENT
        }
        for row in self.properties:
            if snake_case(row.event) == name:
                found[row.property] = row
        return list(found.values())


def snake_case(name: str) -> str:
    """Return an event's name as events are compared: the macro of the same name."""
    kinds = [unicodedata.category(letter) for letter in name]
    words = ""
    for position, (letter, kind) in enumerate(zip(name, kinds, strict=True)):
        before = kinds[position - 1] if position else ""
        after = kinds[position + 1] if position + 1 < len(kinds) else ""
        is_word_end = before == "Ll" or before[:1] == "N"
        is_hump = is_word_end or (before == "Lu" and after == "Ll")
        if kind == "Lu" and is_hump:
            words += "_"
        words += letter if kind[0] in "LMN" else "_"
    return re.sub("_+", "_", words).lower().strip("_") or name.strip(" ")


def number_in(text: str) -> int | float | None:
    """Return the number that a cell holds, or nothing where it holds none."""
    text = text.strip()
    number = NUMBER.fullmatch(text)
    if not number:
        return None
    if number[2] is None and number[3] is None and len(text) < 300:
        return int(text)
    return float(text) if math.isfinite(float(text)) else None


# -- reading and writing the seeds ----------------------------------------------------


def read_plan(folder: Path) -> Plan:
    """Read the plan's seeds; only the events must be there.

    Raises UnusablePlan, with a sentence for every cell that cannot be used.
    """
    faults: list[str] = []
    events = _events(folder / EVENTS_FILE, faults)
    names = {snake_case(event.event) for event in events}
    properties = _properties(folder / PROPERTIES_FILE, names, faults)
    policies = _policies(folder / POLICIES_FILE, faults)
    conventions = _conventions(folder / CONVENTIONS_FILE, faults)
    if faults:
        raise UnusablePlan("\n".join(faults))
    return Plan(tuple(events), tuple(properties), tuple(policies), tuple(conventions))


@dataclass(frozen=True)
class _Row:
    """A row of a seed; what its cells cannot be is added to the faults."""

    path: Path
    number: int
    cells: dict[str, str]
    faults: list[str]

    def fault(self, column: str, expected: str) -> None:
        found = self.cells.get(column) or "nothing"
        found = found if found == "nothing" else f"'{found}'"
        self.faults.append(
            f"{self.path}, row {self.number}, column {column}: "
            f"expected {expected}; found {found}."
        )

    def text(self, column: str) -> str:
        return (self.cells.get(column) or "").strip(" ")

    def name(self, column: str) -> str:
        if not self.text(column):
            self.fault(column, "a name")
        return self.text(column)

    def option(self, column: str, options: Iterable[str], default: str = "") -> str:
        value = self.text(column)
        if value and value not in options:
            self.fault(column, " or ".join(options))
        return value or default

    def boolean(self, column: str) -> bool:
        return self.option(column, BOOLEANS) == "true"

    def pattern(self, column: str) -> str:
        pattern = self.text(column)
        try:
            re.compile(pattern)
        except (re.error, OverflowError, RecursionError) as problem:
            self.fault(column, f"a regular expression ({problem})")
        return pattern

    def number_or_none(self, column: str) -> int | float | None:
        value = number_in(self.text(column))
        if value is None and self.text(column):
            self.fault(column, "a number")
        return value

    def once(self, column: str, key: Any, seen: dict[Any, int]) -> None:
        if key in seen:
            self.fault(column, f"no second row like row {seen[key]}")
        seen.setdefault(key, self.number)


def _rows(
    path: Path, row_type: type, key: str, faults: list[str], is_optional: bool = True
) -> list[_Row]:
    columns = [column.name for column in fields(row_type)]
    if is_optional and not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, restkey="", strict=True)
            found = [column.strip() for column in reader.fieldnames or []]
            reader.fieldnames = found
            unknown = sorted(set(found) - set(columns))
            if unknown:
                faults.append(
                    f"{path} has a column '{unknown[0]}' that no plan has. Its columns "
                    f"are {', '.join(columns)}."
                )
            if key not in found:
                faults.append(f"{path} has no column '{key}'. Add it to its header.")
                return []
            rows = [_Row(path, n, cells, faults) for n, cells in enumerate(reader, 2)]
    except OSError as problem:
        reason = problem.strerror or problem
        faults.append(
            f"{path} cannot be read ({reason}). Name the folder that holds it."
        )
        return []
    except UnicodeDecodeError as problem:
        faults.append(
            f"{path} is not UTF-8 (byte {problem.start + 1}). Save it as such."
        )
        return []
    except csv.Error as problem:
        faults.append(f"{path} is not the CSV it should be ({problem}). Mend it.")
        return []
    for row in rows:
        if "" in row.cells:
            faults.append(
                f"{path}, row {row.number}: more cells than columns. Put a value that "
                "holds a comma between double quotes."
            )
    return rows


def _events(path: Path, faults: list[str]) -> list[PlannedEvent]:
    events = []
    seen: dict[Any, int] = {}
    for row in _rows(path, PlannedEvent, "event", faults, is_optional=False):
        name = row.name("event")
        if name == EVERY_EVENT:
            row.fault("event", "the name of one event")
        row.once("event", snake_case(name), seen)
        events.append(
            PlannedEvent(
                event=name,
                category=row.text("category"),
                trigger=row.text("trigger"),
                owner=row.text("owner"),
                status=row.option("status", STATUSES),
                description=row.text("description"),
            )
        )
    return events


def _properties(
    path: Path, event_names: set[str], faults: list[str]
) -> list[PlannedProperty]:
    properties = []
    seen: dict[Any, int] = {}
    for row in _rows(path, PlannedProperty, "property", faults):
        event = row.name("event")
        is_known = event == EVERY_EVENT or snake_case(event) in event_names
        if event and not is_known:
            row.fault("event", f"* or an event that {EVENTS_FILE} lists")
        planned = PlannedProperty(
            event=event,
            property=row.name("property"),
            type=row.option("type", TYPES, default="any"),
            is_required=row.boolean("is_required"),
            allowed_values=_allowed_values(row),
            pattern=row.pattern("pattern"),
            minimum=row.number_or_none("minimum"),
            maximum=row.number_or_none("maximum"),
            format=row.option("format", FORMATS),
            is_pii=row.boolean("is_pii"),
            description=row.text("description"),
        )
        row.once("property", (snake_case(event), planned.property), seen)
        limits = (planned.minimum, planned.maximum)
        if None not in limits and planned.minimum > planned.maximum:
            row.fault("maximum", f"no less than the minimum {planned.minimum}")
        properties.append(planned)
    return properties


def _allowed_values(row: _Row) -> tuple[str, ...]:
    cell = row.text("allowed_values")
    if not cell:
        return ()
    kind = row.text("type") or "any"
    values = tuple(cell.split("|"))
    if kind in ("integer", "number"):
        numbers = [number_in(value) for value in values]
        if None in numbers or (
            kind == "integer" and any(number % 1 for number in numbers)
        ):
            row.fault("allowed_values", f"values of the type {kind}, with | between")
    if kind == "boolean" and not set(values) <= {"true", "false"}:
        row.fault("allowed_values", "true, false or true|false")
    if kind in ("object", "array"):
        row.fault("allowed_values", f"nothing where the type is {kind}")
    return values


def _policies(path: Path, faults: list[str]) -> list[Policy]:
    policies = []
    seen: dict[Any, int] = {}
    for row in _rows(path, Policy, "rule", faults):
        rule = row.option("rule", RULES)
        policy = row.option("policy", POLICIES, default="flag")
        if not rule:
            row.fault("rule", " or ".join(RULES))
        row.once("rule", rule, seen)
        policies.append(Policy(rule, policy, row.text("description")))
    return policies


def _conventions(path: Path, faults: list[str]) -> list[Convention]:
    return [
        Convention(row.name("convention"), row.pattern("pattern"))
        for row in _rows(path, Convention, "pattern", faults)
    ]


def write_plan(plan: Plan, folder: Path) -> None:
    """Write events and properties, and the policies if there are any."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_rows(folder / EVENTS_FILE, PlannedEvent, plan.events)
    _write_rows(folder / PROPERTIES_FILE, PlannedProperty, plan.properties)
    if plan.policies:
        _write_rows(folder / POLICIES_FILE, Policy, plan.policies)


def _write_rows(path: Path, row_type: type, rows: Iterable[Any]) -> None:
    columns = [column.name for column in fields(row_type)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow(_cell(getattr(row, column)) for column in columns)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "|".join(value)
    return str(value)


# -- JSON Schema ----------------------------------------------------------------------


def event_schema(plan: Plan, event: PlannedEvent) -> dict[str, Any]:
    """Return the JSON Schema of an event's properties."""
    extension = {
        "category": event.category,
        "trigger": event.trigger,
        "owner": event.owner,
        "status": event.status,
    }
    properties = plan.properties_of(event.event)
    return _without_empty(
        {
            "$schema": DIALECT,
            "title": event.event,
            "description": event.description,
            "deprecated": event.status == "deprecated",
        }
    ) | {
        EXTENSION: _without_empty(extension),
        "type": "object",
        "properties": {row.property: property_schema(row) for row in properties},
        "required": [row.property for row in properties if row.is_required],
        "additionalProperties": plan.policy_of("unplanned_property") == "allow",
    }


def property_schema(planned: PlannedProperty) -> dict[str, Any]:
    """Return the JSON Schema of one property."""
    schema = _without_empty(
        {
            "description": planned.description,
            "type": "" if planned.type == "any" else planned.type,
            "enum": _enum(planned),
            "pattern": planned.pattern,
            "format": planned.format,
        }
    )
    if planned.minimum is not None:
        schema["minimum"] = planned.minimum
    if planned.maximum is not None:
        schema["maximum"] = planned.maximum
    extension = {
        "event": EVERY_EVENT if planned.event == EVERY_EVENT else "",
        "is_pii": planned.is_pii,
    }
    return schema | _without_empty({EXTENSION: _without_empty(extension)})


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _enum(planned: PlannedProperty) -> list[Any]:
    values = planned.allowed_values
    if planned.type in ("integer", "number"):
        return [number_in(value) for value in values]
    if planned.type == "boolean":
        return [value == "true" for value in values]
    return list(values)


# As the warehouse has them: times with an offset and without leap seconds, an e-mail
# address anything with one @ and no white space.
HOUR_AND_MINUTE = "([01][0-9]|2[0-3]):[0-5][0-9]"
TIME = re.compile(
    rf"{HOUR_AND_MINUTE}:[0-5][0-9](\.[0-9]+)?([Zz]|[+-]{HOUR_AND_MINUTE})"
)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+", re.ASCII)
HOST_LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
HOSTNAME = re.compile(rf"(?=.{{1,253}}\Z){HOST_LABEL}(\.{HOST_LABEL})*")
UUID = re.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
# RFC 3986, appendix A, with a scheme.
URI_CHARACTER = "(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
URI = re.compile(
    rf"""[A-Za-z][A-Za-z0-9+.-]*:
    (?://(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{{2}})*@)?
        (?:\[[0-9A-Fa-f:.vV]+\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{{2}})*)
        (?::[0-9]*)?(?:/{URI_CHARACTER}*)*
    |/?(?:{URI_CHARACTER}+(?:/{URI_CHARACTER}*)*)?)
    (?:\?(?:{URI_CHARACTER}|[/?])*)?
    (?:\#(?:{URI_CHARACTER}|[/?])*)?""",
    re.VERBOSE,
)


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_time(text: str) -> bool:
    return bool(TIME.fullmatch(text))


def _is_date_time(text: str) -> bool:
    day, separator, clock = text[:10], text[10:11], text[11:]
    return separator in ("T", "t") and _is_date(day) and _is_time(clock)


def _is_address(text: str, address_type: type) -> bool:
    try:
        address_type(text)
    except ValueError:
        return False
    return "%" not in text


# Written out, because the libraries that jsonschema would use for these are no longer
# kept up, and where one is not installed it takes every text for right.
FORMATS: dict[str, Callable[[str], bool]] = {
    "date-time": _is_date_time,
    "date": _is_date,
    "time": _is_time,
    "email": lambda text: bool(EMAIL.fullmatch(text)),
    "uri": lambda text: bool(URI.fullmatch(text)),
    "uuid": lambda text: bool(UUID.fullmatch(text)),
    "ipv4": lambda text: _is_address(text, ipaddress.IPv4Address),
    "ipv6": lambda text: _is_address(text, ipaddress.IPv6Address),
    "hostname": lambda text: bool(HOSTNAME.fullmatch(text)),
}


def format_checker() -> FormatChecker:
    """Return a checker of the formats that a plan may name, and of no other."""
    checker = FormatChecker(formats=())
    for name, is_right in FORMATS.items():
        checker.checks(name)(
            lambda value, is_right=is_right: (
                not isinstance(value, str) or is_right(value)
            )
        )
    return checker


def _end_of_text(found: re.Match[str]) -> str:
    """Return what stands for the end; an escape or a class of characters as it is."""
    return found[1] or r"\Z"


def _pattern(
    validator: Validator, pattern: str, instance: Any, schema: Any
) -> Iterable[ValidationError]:
    # ECMA 262, which JSON Schema goes by, and the warehouse know \d and \w as ASCII,
    # and the end of a text as its end alone, not before a last line break.
    ended = re.sub(r"(\\.|\[(?:\\.|[^]\\])*])|[$]", _end_of_text, pattern)
    if isinstance(instance, str) and not re.search(ended, instance, re.ASCII):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


PlanValidator = validators.extend(Draft202012Validator, {"pattern": _pattern})


def validator_of(schema: dict[str, Any]) -> Validator:
    """Return a validator of an event's properties that checks formats too."""
    return PlanValidator(schema, format_checker=format_checker())

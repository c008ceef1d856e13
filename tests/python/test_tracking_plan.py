"""The tracking plan's verdict is JSON Schema's, and it does what its policies say.

dbt takes seconds a build, so one build judges thousands of generated events against
dozens of generated plans at once; every run of hypothesis draws all of them anew.
"""

from __future__ import annotations

import csv
import ipaddress
import json
import re
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from check_events import Checker
from databases import DATABASE_NAME, build, own_project, read, run_dbt
from recognise_events import events_in
from tracking_plan import read_plan

Plan = dict[str, dict[str, dict[str, str]]]
Verdict = tuple[str, str, str]

JUDGED = ("--select", "+tracking_plan_violations", "+event_ledger")
KEYWORDS = {
    "type": "wrong_type",
    "enum": "not_allowed",
    "pattern": "pattern",
    "minimum": "range",
    "maximum": "range",
    "format": "format",
}
KEYS = ("plan", "Plan", "a/b", "~", "~1", 'quo"te', "dot.ted", "ü", "$.x", "*", "0")
PROPERTY_COLUMNS = (
    *("event", "property", "type", "is_required", "allowed_values", "pattern"),
    *("minimum", "maximum", "format", "is_pii", "description"),
)

# -- what the formats are -------------------------------------------------------------

formats = FormatChecker(formats=())
LABEL = "[0-9A-Za-z]([0-9A-Za-z-]{0,61}[0-9A-Za-z])?"
PLAIN = r"([0-9A-Za-z._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*"


def is_time(text: str) -> bool:
    if not re.fullmatch(r"\d\d:\d\d:\d\d([.]\d+)?([Zz]|[+-]\d\d:\d\d)", text, re.A):
        return False
    clock = re.sub("[Zz]$", "+00:00", re.sub(r"[.]\d+", "", text))
    try:
        datetime.strptime(clock[:8], "%H:%M:%S")
        datetime.strptime(clock[9:], "%H:%M")
    except ValueError:
        return False
    return clock[6:8] < "60"


def is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.A):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_address(kind: type) -> Any:
    def check(text: str) -> bool:
        try:
            return not getattr(kind(text), "scope_id", None)
        except ValueError:
            return False

    return check


CHECKS = {
    "date": is_date,
    "time": is_time,
    "date-time": lambda text: (
        is_date(text[:10]) and text[10:11] in ("T", "t") and is_time(text[11:])
    ),
    "email": lambda text: re.fullmatch(r"[^@\s]+@[^@\s]+", text, re.A) is not None,
    "uri": lambda text: (
        re.fullmatch(
            rf"[A-Za-z][0-9A-Za-z+.-]*:{PLAIN}([?]({PLAIN}|[?])*)?(#({PLAIN}|[?])*)?",
            text,
        )
        is not None
        # After the one @ there may be, a host and a port of digits.
        and re.fullmatch(
            r"[^:]*:(?!//).*|[^:]*://([^/?#@]*@)?([^/?#@:\[]*|\[[^]]*\])(:\d*)?([/?#].*)?",
            text,
            re.A,
        )
        is not None
    ),
    "uuid": lambda text: (
        re.fullmatch("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", text)
        is not None
    ),
    "ipv4": is_address(ipaddress.IPv4Address),
    "ipv6": is_address(ipaddress.IPv6Address),
    "hostname": lambda text: (
        len(text) <= 253 and re.fullmatch(f"{LABEL}([.]{LABEL})*", text) is not None
    ),
}
for name, check in CHECKS.items():
    formats.checks(name)(
        lambda value, check=check: not isinstance(value, str) or check(value)
    )

LIKELY_TEXTS = (
    *("2026-02-28", "2026-02-29", "2024-02-29", "0000-01-01", "2026-1-01"),
    *("2026-02-28T10:00:00Z", "2026-02-28t24:00:00Z", "2026-02-28 10:00:00Z"),
    *("2026-02-28T10:00:00.25+05:30", "2026-02-28T10:00:60Z", "2026-02-28T10:00:00"),
    *("23:59:59z", "23:59:59", "23:60:00Z", "08:00:00-23:59", "08:00:00+24:00"),
    *("a@b", "a.b@c.test", "@", "a@", "a b@c", "a@b@c", "https://a.test/x?q=%20#y"),
    *("http://a:b/", "http://a@b@c/", "http://a:8:0", "http://a@b:8/", "x://"),
    *("mailto:a@b", "a.test/x", "http://a b", "http://a/%zz", "1http://a", "x:"),
    *("123e4567-e89b-12d3-a456-426614174000", "123e4567e89b12d3a456426614174000"),
    *("10.0.0.1", "10.0.0.256", "10.0.0", "01.0.0.1", "10.0.0.1.", "::", "::1"),
    *(
        "1::2::3",
        "1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7",
        "::ffff:1.2.3.4",
        "1:2:3:4:5:6:7::",
    ),
    *("1::3:4:5:6:7:8", "1::2:3:4:5:6:7:8", "12345::", "fe80::1%eth0", ":1", "1:"),
    *("a-1.test", "-a.test", "a-.test", "a..b", "a.", "a_b", "localhost", "x" * 64),
    *("", " ", "pro", "free", "a b", "1", "1.0", "true", "null", "o-1", "O-1", "xo-12"),
    *("ü", "ü ß", '"', "\\", "a|b", "🌿", "a\tb"),
)
LIKELY_NUMBERS = (
    *(0, 1, -1, 2, 3, 10, 1.0, 2.0, -0.0, 0.5, 1.5, 1e3, 1e15, 1e22, 1e-9, -1e-9),
    *(2**53, 2**53 + 1, -(2**53) - 1, 2**63, 2**64, 2**64 + 1, 10**30, 123456789.125),
)

# -- what is generated ----------------------------------------------------------------

PATTERNS = ("^o-[0-9]+$", "[a-z]{2,}", "^(pro|free)$", "ü|ß", "^.?$", "[^a-z]", "[.]")
CELLS = ("a", "pro", "free", "ü", "1", "true", "a b", "o-1")
LETTERS = "abzAZ019 .:/@-_%äß🌿\t\"\\'"
TYPES = (
    *("string", "string", "string", "integer", "integer", "number", "number"),
    *("boolean", "object", "array", "any", ""),
)


class Draw(Random):
    """Plans and events as one seed gives them."""

    def number(self) -> float:
        kinds = (
            self.choice(LIKELY_NUMBERS),
            self.randint(-20, 20),
            self.uniform(-100, 100),
        )
        return self.choice(kinds)

    def text(self) -> str:
        length = self.randint(0, 6)
        return self.choice(
            (self.choice(LIKELY_TEXTS), "".join(self.choices(LETTERS, k=length)))
        )

    def scalar(self) -> Any:
        kind = self.randint(0, 9)
        if kind < 5:
            return self.text()
        return self.number() if kind < 8 else self.choice((True, False, None))

    def value(self) -> Any:
        kind = self.randint(0, 9)
        if kind == 0:
            return [self.scalar() for _ in range(self.randint(0, 2))]
        if kind == 1:
            return {key: self.scalar() for key in self.keys(2)}
        return self.scalar()

    def keys(self, most: int) -> list[str]:
        return self.sample(KEYS, self.randint(0, most))

    def allowed(self, kind: str) -> str:
        """A value that a property of this type may be allowed to have."""
        if kind == "integer":
            return str(self.choice((1, 2, 2**53, self.randint(-3, 9))))
        if kind == "number":
            return json.dumps(self.number())
        return self.choice(("true", "false") if kind == "boolean" else CELLS)

    def planned_property(self) -> dict[str, str]:
        """A row of the plan, by its columns."""
        kind = self.choice(TYPES)
        row = {"type": kind, "is_required": self.choice(("true", "false", ""))}
        if kind not in ("object", "array") and self.random() < 0.3:
            count = self.randint(1, 4)
            row["allowed_values"] = "|".join(self.allowed(kind) for _ in range(count))
        if self.random() < 0.3:
            row["pattern"] = self.choice(PATTERNS)
        if self.random() < 0.4:
            row["format"] = self.choice(tuple(CHECKS))
        if self.random() < 0.4:
            low, high = sorted((self.number(), self.number()))
            row |= {"minimum": json.dumps(low), "maximum": json.dumps(high)}
            del row[self.choice(("minimum", "maximum", "type"))]
            if "type" not in row:
                row.pop("allowed_values", None)
        return row

    def plan(self, events: int) -> Plan:
        return {
            f"Event {number}": {key: self.planned_property() for key in self.keys(6)}
            for number in range(events)
        }

    def body(self, planned: Iterable[str]) -> dict[str, Any]:
        """Properties, most of which are planned."""
        keys = [key for key in planned if self.random() < 0.8]
        return {key: self.value() for key in (*keys, *self.keys(1))}


# -- the other side -------------------------------------------------------------------


def schema_of(properties: dict[str, dict[str, str]]) -> dict[str, Any]:
    """The JSON Schema that an event's rows of the plan stand for."""

    def keywords(row: dict[str, str]) -> dict[str, Any]:
        kind = row.get("type") or "any"
        schema: dict[str, Any] = {} if kind == "any" else {"type": kind}
        if row.get("allowed_values"):
            is_json = kind in ("integer", "number", "boolean")
            parts = row["allowed_values"].split("|")
            schema["enum"] = [json.loads(p) if is_json else p for p in parts]
        for name in ("pattern", "format"):
            if row.get(name):
                schema[name] = row[name]
        for name in ("minimum", "maximum"):
            if row.get(name):
                schema[name] = json.loads(row[name])
        return schema

    return {
        "type": "object",
        "properties": {name: keywords(row) for name, row in properties.items()},
        "required": [
            n for n, row in properties.items() if row["is_required"] == "true"
        ],
        "additionalProperties": False,
    }


def verdicts_on(
    schema: dict[str, Any], body: dict[str, Any]
) -> Iterable[tuple[str, str]]:
    """Property and broken rule, as jsonschema sees it."""
    errors: Iterable[ValidationError] = Draft202012Validator(
        schema, format_checker=formats
    ).iter_errors(body)
    for error in errors:
        if error.validator == "additionalProperties":
            for name in body.keys() - schema["properties"].keys():
                yield name, "unplanned_property"
        elif error.validator == "required":
            for name in set(schema["required"]) - body.keys():
                yield name, "missing_property"
        else:
            yield str(error.path[0]), KEYWORDS[str(error.validator)]


# -- builds ---------------------------------------------------------------------------


def write_rows(file: Path, columns: Iterable[str], rows: list[dict[str, str]]) -> None:
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def project_with(seeds: dict[str, list[dict[str, str]]], folder: Path) -> Path:
    """The project, with some files of the tracking plan of its own."""
    project = folder / "project"
    if not project.exists():
        own_project(folder)
    for name, rows in seeds.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        write_rows(project / "seeds" / "tracking_plan" / f"{name}.csv", columns, rows)
    return project


def message(event: str, event_id: str, properties: Any, **keys: Any) -> dict[str, Any]:
    return {
        "event": event,
        "event_id": event_id,
        "anonymous_id": "d1",
        "timestamp": "2026-01-05T10:00:00Z",
        "properties": properties,
        **keys,
    }


def write_events(folder: Path, *messages: dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    lines = [json.dumps(body, ensure_ascii=False) for body in messages]
    (folder / "events.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("plan")


@settings(max_examples=2, deadline=None, phases=[Phase.generate])
@given(st.integers(min_value=1))
def test_the_verdict_is_that_of_json_schema(workshop: Path, seed: int) -> None:
    draw = Draw(seed)
    plan = draw.plan(events=60)
    rows = [
        dict.fromkeys(PROPERTY_COLUMNS, "") | {"event": event, "property": name, **row}
        for event, properties in plan.items()
        for name, row in properties.items()
    ]
    project = project_with(
        {
            "tracking_plan_events": [{"event": event} for event in plan],
            "tracking_plan_properties": rows,
        },
        workshop,
    )
    bodies = {
        f"e{number}": (event, draw.body(plan[event]))
        for number, event in enumerate(list(plan) * 60)
    }
    folder = write_events(
        workshop / "events",
        *(message(event, key, body) for key, (event, body) in bodies.items()),
    )
    database = workshop / DATABASE_NAME
    database.unlink(missing_ok=True)
    build(*JUDGED, database=database, events_path=folder, project=project)
    found = read(
        database,
        "select event_id, property_name, violation from tracking_plan_violations",
    )
    expected = {
        (key, *verdict)
        for key, (event, body) in bodies.items()
        for verdict in verdicts_on(schema_of(plan[event]), body)
    }
    checker = Checker(read_plan(project / "seeds" / "tracking_plan"))
    checked = {
        (key, violation.property, violation.rule)
        for key, (event, body) in bodies.items()
        for [sent] in [events_in(message(event, key, body))]
        for violation in checker.violations(sent)
    }
    assert checked ^ set(found) == set()
    assert len(found) == len(set(found))
    assert set(found) ^ expected == set()
    assert {rule for _, _, rule in expected} >= {*KEYWORDS.values()}
    assert read(database, "select sum(kept), sum(rejected) from event_ledger") == [
        (len(bodies), 0)
    ]


# -- policies -------------------------------------------------------------------------

SHOP = {
    "tracking_plan_events": [
        {"event": "Order Completed", "status": ""},
        {"event": "Signed Up", "status": "planned"},
    ],
    "tracking_plan_properties": [
        {"event": "*", "property": "plan", "type": "string", "allowed_values": "a|b"},
        {"event": "Signed Up", "property": "plan", "type": "any", "allowed_values": ""},
        {"event": "order_completed", "property": "total", "type": "number"},
    ],
    "tracking_plan_policies": [
        {"rule": "not_allowed", "policy": "block"},
        {"rule": "unplanned_event", "policy": "block"},
        {"rule": "unplanned_property", "policy": "allow"},
    ],
}
MESSAGES = (
    message("Order Completed", "fine", {"plan": "a", "total": 1, "more": None}),
    message("Order Completed", "flagged", {"total": "1"}),
    message("Order Completed", "blocked", {"plan": "c", "x": {"y": [1.5, None]}}),
    message(
        "Order Completed",
        "twice",
        {"plan": "c"},
        received_at="2026-01-05T10:00:01Z",
    ),
    message(
        "Order Completed",
        "twice",
        {"plan": "b"},
        received_at="2026-01-05T10:00:02Z",
    ),
    message("sign_up", "unplanned", {}),
    message("Signed Up", "own row", {"plan": "c"}, context={"app": {"version": "2"}}),
    message("Signed Up", "identified", {"plan": "c"}, type="identify"),
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    project = project_with(SHOP, folder)
    events = write_events(folder / "events", *MESSAGES)
    database = folder / DATABASE_NAME
    build(
        *JUDGED,
        *("+tracking_plan_coverage", "+tracking_plan_near_misses", "+rejected_events"),
        database=database,
        events_path=events,
        project=project,
    )
    return database


def test_each_policy_is_obeyed(shop: Path) -> None:
    query = (
        "select event_id, violation, policy, is_blocked, actual"
        " from tracking_plan_violations order by all"
    )
    assert read(shop, query) == [
        ("blocked", "not_allowed", "block", True, "c"),
        ("flagged", "wrong_type", "flag", False, '"1"'),
        ("twice", "not_allowed", "block", True, "c"),
        ("unplanned", "unplanned_event", "block", True, "sign_up"),
    ]
    kept = read(shop, "select event_id from staging.staged_events order by all")
    names = ("fine", "flagged", "identified", "own row", "twice")
    assert kept == [(name,) for name in names]
    twice = "select kept, duplicate, rejected from event_ledger"
    assert read(shop, twice) == [(5, 0, 3)]


def test_a_blocked_event_says_why_and_can_be_sent_again(
    shop: Path, tmp_path: Path
) -> None:
    query = (
        "select detail, payload from rejected_events"
        " where reason = 'blocked_by_plan' and payload like '%\"blocked\"%'"
    )
    ((detail, payload),) = read(shop, query)
    assert detail == (
        "The tracking plan blocks the event. Property plan: not_allowed; expected a|b;"
        " found c."
    )
    again = json.loads(payload)
    assert again["properties"] == {"plan": "c", "x": {"y": [1.5, None]}}
    again["properties"]["plan"] = "b"
    folder = write_events(tmp_path / "events", again)
    database = tmp_path / DATABASE_NAME
    build(
        *JUDGED, database=database, events_path=folder, project=shop.parent / "project"
    )
    query = (
        "select event_id, event_name, anonymous_id, cast(occurred_at as varchar)"
        " from staging.staged_events"
    )
    assert read(database, query) == [
        ("blocked", "order_completed", "d1", "2026-01-05 10:00:00")
    ]


def test_coverage_counts_what_was_seen_and_what_was_not(shop: Path) -> None:
    query = (
        "select event_name, app_version, is_planned, status, event_count,"
        " blocked_count, violation_count from tracking_plan_coverage order by all"
    )
    assert read(shop, query) == [
        ("order_completed", "(all)", True, "live", 5, 2, 3),
        ("order_completed", "(not set)", True, "live", 5, 2, 3),
        ("sign_up", "(all)", False, None, 1, 1, 1),
        ("sign_up", "(not set)", False, None, 1, 1, 1),
        ("signed_up", "(all)", True, "planned", 1, 0, 0),
        ("signed_up", "2", True, "planned", 1, 0, 0),
    ]


def test_near_misses_are_named(shop: Path) -> None:
    query = (
        "select event_name, probable_event_name, is_probable_planned, reason"
        " from tracking_plan_near_misses"
    )
    assert read(shop, query) == [("sign_up", "signed_up", True, "synonym")]


# -- faults ---------------------------------------------------------------------------

FAULTY = {
    "tracking_plan_events": [
        {"event": "Order Completed", "status": "live"},
        {"event": "order_completed", "status": "gone"},
        {"event": "", "status": ""},
    ],
    "tracking_plan_properties": [
        {"event": "Order Complete", "property": "plan", "type": "string"},
        {"event": "*", "property": "plan", "type": "text", "minimum": "low"},
        {"event": "*", "property": "plan", "pattern": "(?=x)", "is_required": "yes"},
        {"event": "*", "property": "size", "minimum": "2", "maximum": "1.5"},
        {"event": "*", "property": "n", "type": "integer", "allowed_values": "1|x"},
        {"event": "*", "property": "f", "format": "phone", "requird": "true"},
    ],
    "tracking_plan_policies": [
        {"rule": "pattern", "policy": "drop"},
        {"rule": "spelling", "policy": "flag"},
    ],
}
FAULTS = {
    "events.csv, row 3, column event: expected what no row before it has; found"
    " 'order_completed'.",
    "events.csv, row 3, column status: expected planned or live or deprecated; found"
    " 'gone'.",
    "events.csv, row 4, column event: the cell must not be empty.",
    "properties.csv, row 2, column event: expected a value of tracking_plan_events.csv,"
    " column event, or *; found 'Order Complete'.",
    "properties.csv, row 3, column type: expected string or integer or number or"
    " boolean or object or array or any; found 'text'.",
    "properties.csv, row 3, column minimum: expected a number; found 'low'.",
    "properties.csv, row 4, column pattern: expected a regular expression (RE2, without"
    " look-around); found '(?=x)'.",
    "properties.csv, row 4, column is_required: expected true or false; found 'yes'.",
    "properties.csv, row 4, column event, property: expected what no row before it has;"
    " found '*, plan'.",
    "properties.csv, row 5, column maximum: expected at least the minimum, 2; found"
    " '1.5'.",
    "properties.csv, row 6, column allowed_values: expected values of type integer"
    " between the bars; found 'x'.",
    "properties.csv, row 7, column format: expected date-time or date or time or email"
    " or uri or uuid or ipv4 or ipv6 or hostname; found 'phone'.",
    "policies.csv, row 2, column policy: expected allow or flag or block; found"
    " 'drop'.",
    "policies.csv, row 3, column rule: expected unplanned_event or unplanned_property"
    " or missing_property or wrong_type or not_allowed or pattern or range or format or"
    " naming; found 'spelling'.",
}


def test_each_fault_of_the_plan_is_a_sentence_and_nothing_is_staged(
    tmp_path: Path,
) -> None:
    database = tmp_path / DATABASE_NAME
    project = project_with(FAULTY, tmp_path)
    folder = write_events(tmp_path / "events", *MESSAGES)
    result = run_dbt(
        *("build", "--exclude-resource-type", "unit_test", *JUDGED),
        database=database,
        events_path=folder,
        project=project,
    )
    assert result.returncode == 1
    pattern = r"seeds/tracking_plan/tracking_plan_(.+[.?])$"
    found = re.findall(pattern, result.stdout, flags=re.MULTILINE)
    unknown = [sentence for sentence in found if "there is no such column" in sentence]
    assert {sentence.split(":")[0] for sentence in unknown} == {
        f"properties.csv, row {row}, column requird" for row in range(2, 8)
    }
    assert set(found) - set(unknown) == FAULTS
    made = read(database, "select table_name from duckdb_tables()")
    assert "staged_events" not in {row[0] for row in made}

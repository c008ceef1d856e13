"""The tracking plan as JSON Schema, out and in, and raw events held against it.

The plans are the tests' own. Vendors' plans are made after their documentation.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import check_events
import export_tracking_plan
import import_tracking_plan
from recognise_events import UnusableEvent, events_in
from tracking_plan import (
    CONVENTIONS_FILE,
    EVENTS_FILE,
    FORMATS,
    POLICIES_FILE,
    PROPERTIES_FILE,
    TYPES,
    Plan,
    PlannedEvent,
    PlannedProperty,
    Policy,
    UnusablePlan,
    event_schema,
    format_checker,
    number_in,
    read_plan,
    snake_case,
    validator_of,
    write_plan,
)

PROJECT = Path(__file__).parents[2]
SCRIPTS = PROJECT / "scripts"
DRAFT = jsonschema.Draft202012Validator

EVENTS = """
event,category,trigger,owner,status,description
Order Completed,shop,The shop confirms,checkout team,,"An order, paid"
Signed Up,account,,,deprecated,
Page Viewed,,,,,
"""
PROPERTIES = """
event,property,type,is_required,allowed_values,pattern,minimum,maximum,format,is_pii,description
*,app,string,,web|ios,,,,,,
order_completed,revenue,number,true,,,0,1000,,,What was paid
Order Completed,currency,string,true,,^[A-Z]{3}$,,,,,
Order Completed,quantity,integer,,1|2|3,,,,,,
Order Completed,is_gift,boolean,,true,,,,,,
Order Completed,products,array,,,,,,,,
Order Completed,address,object,,,,,,,,
Order Completed,code,any,,1|x,,,,,,
Signed Up,email,string,,,,,,email,true,
"""


def write_seeds(
    folder: Path, events: str = EVENTS, properties: str = PROPERTIES, policies: str = ""
) -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    for name, text in (
        (EVENTS_FILE, events),
        (PROPERTIES_FILE, properties),
        (POLICIES_FILE, policies),
    ):
        if text:
            (folder / name).write_text(text.lstrip("\n"), encoding="utf-8")
    return folder


@pytest.fixture
def plan_folder(tmp_path: Path) -> Path:
    return write_seeds(tmp_path / "plan")


def order(**properties: Any) -> dict[str, Any]:
    """An order that keeps the plan but for what is given; None takes a property out."""
    kept = {"revenue": 9.5, "currency": "EUR", **properties}
    return {key: value for key, value in kept.items() if value is not ...}


def own(event: str, **properties: Any) -> dict[str, Any]:
    moment = "2026-01-05T10:00:00Z"
    return {
        "event": event,
        "timestamp": moment,
        "user_id": "u",
        "properties": properties,
    }


def lines(*bodies: Any) -> bytes:
    return b"".join(json.dumps(body).encode() + b"\n" for body in bodies)


def check(
    capsys: pytest.CaptureFixture[str], plan: Path, *arguments: object
) -> tuple[int, list[str]]:
    """The exit code of check_events, and what it printed."""
    code = check_events.main([*map(str, arguments), "--plan", str(plan)])
    captured = capsys.readouterr()
    return code, (captured.out + captured.err).splitlines()


# -- the plan -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Order Completed", "order_completed"),
        ("OrderCompleted", "order_completed"),
        ("$autocapture", "autocapture"),
        ("HTTPServerError", "http_server_error"),
        ("step2Done", "step2_done"),
        ("ÉtéPassé", "été_passé"),
        ("--", "--"),
        ("a - b!", "a_b"),
    ],
)
def test_event_names_compare_in_snake_case(name: str, expected: str) -> None:
    assert snake_case(name) == expected


@given(st.text("aAbBéÉßǅЖ09 _$-.中\u0301", max_size=9))
def test_names_are_compared_as_the_warehouse_does(name: str) -> None:
    import duckdb

    macro = (PROJECT / "macros/dialect/snake_case.sql").read_text()
    query = macro.split("{% macro duckdb__snake_case(name, keeps) -%}")[1]
    query = query.split("{%- endmacro %}")[0].replace("{{ name }}", "$name")
    query = query.replace("{{ keeps }}", "")
    row = duckdb.execute(f"select {query}", {"name": name}).fetchall()[0]
    assert snake_case(name) == row[0]


def test_columns_that_are_missing_mean_their_default(tmp_path: Path) -> None:
    folder = write_seeds(
        tmp_path, "event,category,description\nSeen,web,\n", "event,property\nSeen,x\n"
    )
    plan = read_plan(folder)
    assert plan.events == (PlannedEvent("Seen", "web"),)
    assert plan.properties == (PlannedProperty("Seen", "x"),)
    assert plan.policy_of("unplanned_property") == "flag"


def test_a_property_of_an_event_wins_over_that_of_every_event() -> None:
    properties = (
        PlannedProperty("Seen", "x", "string"),
        PlannedProperty("*", "x", "number"),
        PlannedProperty("*", "y"),
    )
    plan = Plan((PlannedEvent("Seen"), PlannedEvent("Read")), properties)
    assert {p.property: p.type for p in plan.properties_of("seen")} == {
        "x": "string",
        "y": "any",
    }
    assert plan.properties_of("Read")[0].type == "number"


PLAN_FAULTS = {
    "unknown status": (
        "event,status\nSeen,alive\n",
        "",
        "",
        f"{EVENTS_FILE}, row 2, column status: "
        "expected planned or live or deprecated; found 'alive'.",
    ),
    "no name": ("event,owner\n,me\n", "", "", "column event: expected a name"),
    "star as an event": ("event\n*\n", "", "", "expected the name of one event"),
    "twice": (
        "event\nSigned Up\nsigned_up\n",
        "",
        "",
        "row 3, column event: expected no second row like row 2; found 'signed_up'.",
    ),
    "no column": ("name\nSeen\n", "", "", "has no column 'event'"),
    "unknown column": ("event,ower\nSeen,me\n", "", "", "has a column 'ower'"),
    "too many cells": ("event\nSeen,me\n", "", "", "more cells than columns"),
    "open quote": ('event\n"Seen\n', "", "", "is not the CSV it should be"),
    "event not planned": (
        "",
        "event,property\nRead,x\n",
        "",
        f"expected * or an event that {EVENTS_FILE} lists; found 'Read'.",
    ),
    "no property": ("", "event,property\n*,\n", "", "column property: expected a name"),
    "property twice": (
        "",
        "event,property\nSigned Up,x\nsigned_up,x\n",
        "",
        "row 3, column property: expected no second row like row 2",
    ),
    "type": ("", "event,property,type\n*,x,text\n", "", "expected string or integer"),
    "boolean": (
        "",
        "event,property,is_required\n*,x,maybe\n",
        "",
        "expected true or false; found 'maybe'",
    ),
    "minimum": ("", "event,property,minimum\n*,x,low\n", "", "expected a number"),
    "not finite": ("", "event,property,minimum\n*,x,1e999\n", "", "expected a number"),
    "limits": (
        "",
        "event,property,minimum,maximum\n*,x,5,1\n",
        "",
        "column maximum: expected no less than the minimum 5; found '1'.",
    ),
    "pattern": ("", "event,property,pattern\n*,x,(\n", "", "a regular expression"),
    "format": ("", "event,property,format\n*,x,url\n", "", "expected date-time or"),
    "integers": (
        "",
        "event,property,type,allowed_values\n*,x,integer,1|1.5\n",
        "",
        "expected values of the type integer",
    ),
    "booleans": (
        "",
        "event,property,type,allowed_values\n*,x,boolean,yes\n",
        "",
        "expected true, false or true|false",
    ),
    "objects": (
        "",
        "event,property,type,allowed_values\n*,x,object,a\n",
        "",
        "expected nothing where the type is object",
    ),
    "rule": ("", "", "rule,policy\nmising,flag\n", "expected unplanned_event or"),
    "no rule": ("", "", "rule,policy\n,flag\n", "expected unplanned_event or"),
    "policy": ("", "", "rule,policy\nrange,warn\n", "expected allow or flag or block"),
    "convention": ("", "", "", "column pattern: expected a regular expression"),
    "rule twice": ("", "", "rule,policy\nrange,flag\nrange,allow\n", "no second row"),
}


@pytest.mark.parametrize("fault", PLAN_FAULTS)
def test_a_bad_row_is_said_in_a_sentence_by_every_script(
    fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events, properties, policies, sentence = PLAN_FAULTS[fault]
    folder = write_seeds(
        tmp_path / "plan",
        events or "event\nSigned Up\n",
        properties or "event,property\n",
        policies,
    )
    if fault == "convention":
        (folder / CONVENTIONS_FILE).write_text("convention,pattern\nx,(\n")
    events_file = tmp_path / "events.jsonl"
    events_file.write_bytes(lines(own("Seen")))
    code, printed = check(capsys, folder, events_file)
    assert code == 1
    assert any(sentence in line for line in printed), printed
    code = export_tracking_plan.main([str(tmp_path / "out"), "--plan", str(folder)])
    assert code == 1
    assert sentence in capsys.readouterr().err


def test_every_fault_is_said_at_once(tmp_path: Path) -> None:
    folder = write_seeds(tmp_path, "event,status\nSeen,x\nRead,y\n", "")
    with pytest.raises(UnusablePlan, match="row 2(.|\n)*row 3"):
        read_plan(folder)


def test_a_plan_that_is_no_text_or_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnusablePlan, match="cannot be read"):
        read_plan(tmp_path / "nowhere")
    (tmp_path / EVENTS_FILE).write_bytes(b"event\n\xff\xfe\n")
    with pytest.raises(UnusablePlan, match="is not UTF-8"):
        read_plan(tmp_path)


# -- formats --------------------------------------------------------------------------

RIGHT = {
    "date-time": [
        "2026-01-05T10:00:00Z",
        "2026-01-05t10:00:00.123456+05:30",
        "1990-12-31T15:59:59-08:00",
    ],
    "date": ["2024-02-29"],
    "time": ["08:30:06Z", "08:30:06.283185-00:20"],
    "email": ["joe.bloggs@example.com", "te~st+x@example.museum", "a@localhost"],
    "uri": [
        "http://foo.bar/?baz=qux#quux",
        "urn:oasis:names",
        "mailto:a@b.test",
        "http://[2001:db8::7]:80/x",
        "https://ex.test/%C3%A9?q=a/b?c",
        "file:///etc/hosts",
        "tel:+1-816-555-1212",
    ],
    "uuid": [
        "2EB8AA08-AA98-11EA-B4AA-73B441D16380",
        "2eb8aa08-aa98-11ea-b4aa-73b441d16380",
    ],
    "ipv4": ["192.168.0.1", "0.0.0.0"],
    "ipv6": ["::1", "1:d6::42", "::ffff:192.168.0.1"],
    "hostname": ["www.example.com", "a-b.test", "1host", "a" * 63],
}
WRONG = {
    "date-time": [
        "2026-01-05 10:00:00Z",
        "2026-01-05T10:00:00",
        "2026-02-30T10:00:00Z",
        "2026-01-05T24:00:00Z",
        "2026-01-05T10:00:60Z",
        "2026-01-05T10:00:00+24:00",
        "2026-01-05T10:00:00Z\n",
        "٢٠٢٦-01-05T10:00:00Z",
    ],
    "date": ["2023-02-29", "20240229", "2024-2-29", "2024-02-29\n"],
    "time": ["08:30:06", "08:60:06Z", "08:30:61Z", "23:59:60Z", "08:30:06+1:00"],
    "email": ["2962", "a@", "@x.test", "a b@x.test", "a@b@x.test", "a@x.test\n"],
    "uri": [
        "//foo.bar/",
        "/abc",
        "abc",
        "http://a b",
        "http://a/%zz",
        "1x:a",
        "http://é.test",
        "http://a#b#c",
    ],
    "uuid": ["2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638"],
    "ipv4": ["127.0.0.0.1", "256.1.1.1", "127.0", "087.10.0.1", "1.1.1.1/8"],
    "ipv6": ["12345::", "1::2::3", "fe80::a%eth1", "127.0.0.1", "::1/64"],
    "hostname": [
        "-a.test",
        "a-.test",
        "a_b",
        "a..b",
        "",
        "a" * 64,
        "a.test.",
        "ab.c" * 64,
    ],
}


def test_there_are_examples_of_every_format() -> None:
    assert set(RIGHT) == set(WRONG) == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_formats_are_those_of_json_schema(name: str) -> None:
    assert [text for text in RIGHT[name] if not FORMATS[name](text)] == []
    assert [text for text in WRONG[name] if FORMATS[name](text)] == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_asks_nothing_of_what_is_no_text(name: str) -> None:
    assert format_checker().conforms(5, name)


# -- export ---------------------------------------------------------------------------


def exported(plan: Path, folder: Path) -> dict[str, dict[str, Any]]:
    """The schemas that the script writes, by the names of their files."""
    assert export_tracking_plan.main([str(folder), "--plan", str(plan)]) == 0
    return {
        path.name: json.loads(path.read_text(encoding="utf-8"))
        for path in folder.iterdir()
    }


def test_each_event_is_a_schema_of_its_own(plan_folder: Path, tmp_path: Path) -> None:
    schemas = exported(plan_folder, tmp_path / "out")
    assert set(schemas) == {
        "order_completed.schema.json",
        "signed_up.schema.json",
        "page_viewed.schema.json",
    }
    for schema in schemas.values():
        DRAFT.check_schema(schema)
    assert schemas["signed_up.schema.json"]["deprecated"] is True
    assert schemas["order_completed.schema.json"] == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Order Completed",
        "description": "An order, paid",
        "x-throughline": {
            "category": "shop",
            "trigger": "The shop confirms",
            "owner": "checkout team",
        },
        "type": "object",
        "properties": {
            "app": {
                "type": "string",
                "enum": ["web", "ios"],
                "x-throughline": {"event": "*"},
            },
            "revenue": {
                "description": "What was paid",
                "type": "number",
                "minimum": 0,
                "maximum": 1000,
            },
            "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
            "quantity": {"type": "integer", "enum": [1, 2, 3]},
            "is_gift": {"type": "boolean", "enum": [True]},
            "products": {"type": "array"},
            "address": {"type": "object"},
            "code": {"enum": ["1", "x"]},
        },
        "required": ["revenue", "currency"],
        "additionalProperties": False,
    }


@pytest.mark.parametrize(
    ("policy", "is_open"), [("allow", True), ("flag", False), ("block", False)]
)
def test_other_properties_are_as_the_policy_says(
    policy: str, is_open: bool, tmp_path: Path
) -> None:
    policies = f"rule,policy\nunplanned_property,{policy}\n"
    folder = write_seeds(tmp_path / "plan", policies=policies)
    schemas = exported(folder, tmp_path / "out")
    assert {s["additionalProperties"] for s in schemas.values()} == {is_open}


def test_schemas_of_events_no_longer_planned_are_named(
    plan_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gone.schema.json").write_text("{}")
    assert export_tracking_plan.main([str(tmp_path), "--plan", str(plan_folder)]) == 0
    out = capsys.readouterr().out
    assert "gone.schema.json is of no event in the plan" in out
    assert "signed_up.schema.json is" not in out


def test_a_folder_that_cannot_be_written_is_said(
    plan_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("")
    assert export_tracking_plan.main([str(taken), "--plan", str(plan_folder)]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_a_name_without_letters_makes_a_file_name_all_the_same() -> None:
    assert export_tracking_plan.file_name("../..") == "%2E%2E%2F%2E%2E.schema.json"


# -- round trip -----------------------------------------------------------------------

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8
).map(lambda text: text.strip(" "))
NAMES = TEXTS.filter(lambda text: text.strip() not in ("", "*"))
NUMBERS = st.one_of(
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
)


@st.composite
def planned_properties(draw: st.DrawFn, event: str) -> PlannedProperty:
    kind = draw(st.sampled_from(TYPES))
    values = {
        "string": TEXTS,
        "any": TEXTS,
        "integer": st.integers().map(str),
        "number": NUMBERS.map(str),
        "boolean": st.sampled_from(["true", "false"]),
    }.get(kind)
    allowed: list[str] = []
    if values is not None:
        single = values.filter(lambda text: "|" not in text)
        allowed = draw(st.lists(single, max_size=3, unique=True))
        # A cell's outer spaces are not read, nor is a value listed twice.
        allowed = list(dict.fromkeys("|".join(allowed).strip(" ").split("|")))
    limits = draw(st.lists(NUMBERS, max_size=2, unique=True).map(sorted))
    return PlannedProperty(
        event=event,
        property=draw(NAMES),
        type=kind,
        is_required=draw(st.booleans()),
        allowed_values=() if allowed == [""] else tuple(allowed),
        pattern=draw(st.sampled_from(["", "^a", "[0-9]+$", r"\d|x"])),
        minimum=limits[0] if limits else None,
        maximum=limits[1] if len(limits) > 1 else None,
        format=draw(st.sampled_from(["", *FORMATS])),
        is_pii=draw(st.booleans()),
        description=draw(TEXTS),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans as the import writes them: events in order, every event's rows first."""
    events = draw(
        st.lists(
            st.builds(
                PlannedEvent,
                event=NAMES,
                category=TEXTS,
                trigger=TEXTS,
                owner=TEXTS,
                status=st.sampled_from(["", "planned", "live", "deprecated"]),
                description=TEXTS,
            ),
            min_size=1,
            max_size=3,
            unique_by=lambda event: snake_case(event.event),
        )
    )
    events.sort(key=lambda event: snake_case(event.event))
    properties: list[PlannedProperty] = []
    taken: set[str] = set()
    for event in ["*", *(event.event for event in events)]:
        rows = draw(
            st.lists(
                planned_properties(event), max_size=3, unique_by=lambda p: p.property
            )
        )
        properties += [row for row in rows if row.property not in taken]
        if event == "*":
            taken = {row.property for row in properties}
    policy = draw(st.sampled_from(["allow", "flag"]))
    policies = (Policy("unplanned_property", policy),)
    return Plan(tuple(events), tuple(properties), policies)


SHARED_FOLDER = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=60,
)


def seeds_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.csv")}


@SHARED_FOLDER
@given(plan=plans())
def test_a_plan_exported_and_imported_is_the_same(plan: Plan, tmp_path: Path) -> None:
    before, schemas, after = (tmp_path / name for name in ("before", "out", "after"))
    for folder in (before, schemas, after):
        for path in folder.glob("*"):
            path.unlink()
    write_plan(plan, before)
    assert read_plan(before) == plan
    exported(before, schemas)
    assert import_tracking_plan.main([str(schemas), "--plan", str(after)]) == 0
    assert read_plan(after) == plan
    assert seeds_in(after) == seeds_in(before)


VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-3, 3),
        st.floats(-3, 3),
        st.sampled_from(["", "a", "x", "1", "true", "2026-01-05", "a@b.test", "::1"]),
    ),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from("xy"), inner, max_size=2)
    ),
    max_leaves=3,
)


@st.composite
def small_plans(draw: st.DrawFn) -> Plan:
    """A plan of one event whose properties the values above may or may not keep."""
    properties = []
    for name in draw(st.lists(st.sampled_from("abcd"), unique=True)):
        kind = draw(st.sampled_from(TYPES))
        allowed = {
            "string": ["a", "1", ""],
            "integer": ["1", "2.0"],
            "number": ["1", "0.5"],
            "boolean": ["true"],
            "any": ["1", "a", "true"],
        }.get(kind, [])
        properties.append(
            PlannedProperty(
                draw(st.sampled_from(["Seen", "*"])),
                name,
                kind,
                draw(st.booleans()),
                tuple(allowed) if draw(st.booleans()) else (),
                draw(st.sampled_from(["", "a", "^[0-9]"])),
                draw(st.sampled_from([None, 0, 0.5])),
                draw(st.sampled_from([None, 1, 2])),
                draw(st.sampled_from(["", "email", "date", "ipv6"])),
            )
        )
    policy = draw(st.sampled_from(["allow", "flag", "block"]))
    policies = (Policy("unplanned_property", policy),)
    return Plan((PlannedEvent("Seen"),), tuple(properties), policies)


PROPERTY_VALUES = st.dictionaries(st.sampled_from("abcde"), VALUES)


@SHARED_FOLDER
@given(plan=small_plans(), properties=PROPERTY_VALUES)
def test_an_exported_schema_and_the_check_agree(
    plan: Plan, properties: dict[str, Any]
) -> None:
    schema = json.loads(json.dumps(event_schema(plan, plan.events[0])))
    DRAFT.check_schema(schema)
    is_valid = DRAFT(schema, format_checker=format_checker()).is_valid(properties)
    [event] = events_in(own("Seen", **properties))
    assert (check_events.Checker(plan).violations(event) == []) == is_valid


def broken_rules(plan: Plan, properties: dict[str, Any]) -> set[tuple[str, str]]:
    """What the rules say, from the words alone."""
    broken = set()
    planned = {row.property: row for row in plan.properties}
    for name in properties.keys() - planned.keys():
        broken.add((name, "unplanned_property"))
    for name, row in planned.items():
        if name not in properties:
            if row.is_required:
                broken.add((name, "missing_property"))
            continue
        value = properties[name]
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        is_right = {
            "any": True,
            "string": isinstance(value, str),
            "number": is_number,
            "integer": is_number and value == int(value),
            "boolean": isinstance(value, bool),
            "object": isinstance(value, dict),
            "array": isinstance(value, list),
        }[row.type]
        if not is_right:
            broken.add((name, "wrong_type"))
        if row.type in ("integer", "number"):
            is_listed = is_number and value in map(float, row.allowed_values)
        elif row.type == "boolean":
            is_listed = value is True and row.allowed_values == ("true",)
        else:
            is_listed = isinstance(value, str) and value in row.allowed_values
        if row.allowed_values and not is_listed:
            broken.add((name, "not_allowed"))
        if isinstance(value, str):
            if row.pattern and not {
                "a": "a" in value,
                "^[0-9]": value[:1].isdigit(),
            }.get(row.pattern):
                broken.add((name, "pattern"))
            right = {"email": "a@b.test", "date": "2026-01-05", "ipv6": "::1"}
            if row.format and value != right[row.format]:
                broken.add((name, "format"))
        if is_number:
            low = row.minimum if row.minimum is not None else value
            high = row.maximum if row.maximum is not None else value
            if not low <= value <= high:
                broken.add((name, "range"))
    if plan.policy_of("unplanned_property") == "allow":
        broken = {each for each in broken if each[1] != "unplanned_property"}
    return broken


@SHARED_FOLDER
@given(plan=small_plans(), properties=PROPERTY_VALUES)
def test_the_rules_mean_what_they_say(plan: Plan, properties: dict[str, Any]) -> None:
    [event] = events_in(own("Seen", **properties))
    found = check_events.Checker(plan).violations(event)
    assert {(v.property, v.rule) for v in found} == broken_rules(plan, properties)
    assert len(found) == len({(v.property, v.rule) for v in found})


# -- check ----------------------------------------------------------------------------

VERDICTS: list[tuple[dict[str, Any], str]] = [
    (order(), ""),
    (order(revenue=9), ""),
    (order(quantity=1.0), ""),
    (order(app="ios", is_gift=True, products=[], address={}), ""),
    (order(code=1), "property 'code': not_allowed: expected one of \"1\" (string)"),
    (order(code="1"), ""),
    (
        order(revenue=...),
        "property 'revenue': missing_property: expected number, found nothing.",
    ),
    (
        order(revenue="9.5"),
        "property 'revenue': wrong_type: expected number, found \"9.5\" (string).",
    ),
    (
        order(revenue=None),
        "property 'revenue': wrong_type: expected number, found null.",
    ),
    (
        order(revenue=True),
        "property 'revenue': wrong_type: expected number, found true (boolean).",
    ),
    (
        order(revenue=-1),
        "property 'revenue': range: expected at least 0 and at most 1000, "
        "found -1 (number).",
    ),
    (
        order(revenue=1000.5),
        "property 'revenue': range: expected at least 0 and at most 1000, "
        "found 1000.5 (number).",
    ),
    (
        order(currency="euro"),
        "property 'currency': pattern: expected pattern ^[A-Z]{3}$, "
        'found "euro" (string).',
    ),
    (
        order(quantity=4),
        "property 'quantity': not_allowed: expected one of 1 (number), 2 (number), "
        "3 (number), found 4 (number).",
    ),
    (order(is_gift=False), "property 'is_gift': not_allowed: expected one of true"),
    (order(products={}), "property 'products': wrong_type: expected array"),
    (order(address=[]), "property 'address': wrong_type: expected object"),
    (order(code="y"), "property 'code': not_allowed"),
    (order(app="tv"), "property 'app': not_allowed"),
    (
        order(currncy="EUR"),
        "property 'currncy': unplanned_property: expected a property of the plan "
        "(did you mean 'currency'?), found \"EUR\" (string).",
    ),
]


@pytest.mark.parametrize("number", range(len(VERDICTS)))
def test_each_rule_is_said_with_place_and_values(
    number: int,
    plan_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    properties, sentence = VERDICTS[number]
    path = tmp_path / "events.jsonl"
    path.write_bytes(b"\n" + lines(own("Order Completed", **properties)))
    code, printed = check(capsys, plan_folder, path)
    assert code == (1 if sentence else 0)
    if sentence:
        start = f"{path}:2: event 'Order Completed', {sentence}"
        assert printed[0].startswith(start), printed
        assert len(printed) == 3
    else:
        assert printed == [
            "1 files, 1 events, of which 0 break the plan; "
            "0 messages that are no events."
        ]


def test_each_rule_is_judged_by_itself(
    plan_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(lines(own("Order Completed", **order(quantity=1.5))))
    _, printed = check(capsys, plan_folder, path)
    assert [line.split(": ")[2] for line in printed[:2]] == [
        "wrong_type",
        "not_allowed",
    ]


def test_an_event_that_is_not_planned_is_said_with_what_may_be_meant(
    plan_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(lines(own("Order Complete"), own("signedUp")))
    code, printed = check(capsys, plan_folder, path)
    assert code == 1
    assert printed[0] == (
        f"{path}:1: event 'Order Complete': unplanned_event: expected an event of the "
        "plan (did you mean 'order_completed'?), found \"Order Complete\" (string)."
    )
    assert printed[-1] == "        1  of the deprecated event signed_up (no violation)"


def test_names_keep_to_a_convention_where_one_is_given(
    plan_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "events.jsonl"
    page = {
        "type": "page",
        "user_id": "u",
        "timestamp": 1,
        "properties": {"app": "web"},
    }
    path.write_bytes(lines(own("signedUp"), own("Signed Up"), page))
    assert check(capsys, plan_folder, path)[0] == 0
    conventions = "convention,pattern\ntitle_case,^[A-Z][a-z]+( [A-Z][a-z]+)*$\n"
    (plan_folder / CONVENTIONS_FILE).write_text(conventions)
    code, printed = check(capsys, plan_folder, path)
    assert code == 1
    assert printed[0] == (
        f"{path}:1: event 'signedUp': naming: expected title_case, "
        'found "signedUp" (string).'
    )
    assert printed[2] == "        1  naming: signed_up"


def test_pages_that_are_not_planned_are_no_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_seeds(tmp_path / "plan", "event\nSeen\n", "")
    path = tmp_path / "events.jsonl"
    path.write_bytes(lines({"type": "page", "user_id": "u", "timestamp": 1, "x": 1}))
    assert check(capsys, folder, path)[0] == 0


def test_policies_say_what_is_not_asked_and_what_is_blocked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policies = (
        "rule,policy\nunplanned_event,allow\nunplanned_property,allow\nrange,block\n"
    )
    folder = write_seeds(tmp_path / "plan", policies=policies)
    path = tmp_path / "events.jsonl"
    path.write_bytes(lines(own("Unheard"), own("Order Completed", **order(other=1))))
    assert check(capsys, folder, path)[0] == 0
    path.write_bytes(lines(own("Order Completed", **order(revenue=-1))))
    code, printed = check(capsys, folder, path)
    assert code == 1
    assert "range (blocked)" in printed[0]


def test_personal_values_are_never_printed(
    plan_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(
        lines(own("Signed Up", email="someone"), own("Signed Up", email=5))
    )
    code, printed = check(capsys, plan_folder, path)
    assert code == 1
    assert printed[0].endswith("expected format email, found a personal string.")
    assert printed[1].endswith("expected string, found a personal number.")
    assert "someone" not in "".join(printed)


def test_long_values_and_half_characters_are_printed_safely(
    plan_folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(
        lines(own("Signed Up", x="é" * 500), own("\ud800"))
        + b'{"event": "Signed Up", "timestamp": 1, "y": "\\ud800"}\n'
    )
    command = [sys.executable, SCRIPTS / "check_events.py", path, "--plan", plan_folder]
    done = subprocess.run(
        command,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr + done.stdout
    assert max(map(len, done.stdout.splitlines())) < 700


def test_of_one_problem_only_some_are_printed_but_all_are_counted(
    plan_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(lines(*[own("Signed Up", x=n) for n in range(9)]))
    _, printed = check(capsys, plan_folder, path, "--examples", 2)
    assert sum(line.startswith(str(path)) for line in printed) == 2
    assert printed[-2] == "        9  unplanned_property: signed_up, x (2 shown)"
    _, printed = check(capsys, plan_folder, path, "--examples", 0)
    assert sum(line.startswith(str(path)) for line in printed) == 9


ENCODINGS = {
    "plain.jsonl": lambda content: content,
    "no_line_end.jsonl": lambda content: content.rstrip(b"\n"),
    "crlf.jsonl": lambda content: content.replace(b"\n", b"\r\n"),
    "mark.jsonl": lambda content: b"\xef\xbb\xbf" + content,
    "packed.jsonl.gz": gzip.compress,
    "mislabelled.jsonl": gzip.compress,
    "packed.jsonl.zst": lambda c: zstandard.ZstdCompressor().compress(c),
    "array.json": lambda c: b"[" + b",\n".join(c.splitlines() or [b""]) + b"]",
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_files_are_read_whatever_holds_them(
    name: str, plan_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many = [own("Order Completed", **order())] * 3000
    content = lines(*many, own("Order Completed", **order(revenue="x")), *many)
    path = tmp_path / name
    path.write_bytes(ENCODINGS[name](content))
    code, printed = check(capsys, plan_folder, path)
    assert code == 1
    assert printed[0].startswith(f"{path}:3001: event 'Order Completed', property")
    assert printed[1].startswith("1 files, 6,001 events, of which 1 break the plan")


BAD_LINES = {
    "torn": (b'{"event": "Signed Up", "time', "malformed_json: Unterminated string"),
    "nan": (b'{"event": "Signed Up", "x": NaN}', "NaN is no number in JSON"),
    "deep": (b'{"event": "Signed Up", "x": ' + b"[" * 99_999, "nested too deeply"),
    "digits": (b'{"event": "Signed Up", "x": ' + b"9" * 5000 + b"}", "malformed_json"),
    "array": (b"{}\n[1]", "expected an object, found an array"),
    "text": (b'"Signed Up"', "expected an object, found a text"),
    "null": (b"null", "expected an object, found nothing"),
    "true": (b"true", "expected an object, found a boolean"),
    "other": (b'{"level": "warn"}', "no collector's format that is known"),
    "nameless": (b'{"type": "track", "user_id": "u"}', "an event without a name"),
    "properties": (
        b'{"event": "Signed Up", "properties": [1]}',
        "properties must be an object, found an array",
    ),
    "type": (b'{"event": "x", "type": "trak"}', "type must be one of track"),
    "latin": (b'{"event": "Caf\xe9"}', "invalid_utf8"),
    "control": (b'{"event": "a\x01"}', "malformed_json"),
    "empty": (b"", "empty_file: The file holds no event."),
    "torn gzip": (
        gzip.compress(lines(*map(own, map(str, range(999)))))[:-30],
        "truncated_file",
    ),
    "binary": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(99), "binary_file"),
}


@pytest.mark.parametrize("case", BAD_LINES)
def test_a_bad_line_is_a_sentence(
    case: str, plan_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, sentence = BAD_LINES[case]
    path = tmp_path / "events.jsonl"
    path.write_bytes(content)
    code, printed = check(capsys, plan_folder, path)
    assert code == 1
    assert any(line.startswith(f"{path}:") and sentence in line for line in printed), (
        printed
    )
    assert not any("Traceback" in line for line in printed)


def test_of_a_doubled_key_the_first_counts(
    plan_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "events.jsonl"
    good = json.dumps(own("Order Completed", revenue=9.5, currency="EUR"))
    path.write_text(good.replace('"EUR"', '"EUR", "currency": 1') + "\n")
    assert check(capsys, plan_folder, path)[0] == 0
    path.write_text(good.replace('"EUR"', '1, "currency": "EUR"') + "\n")
    assert check(capsys, plan_folder, path)[0] == 1


def test_good_lines_are_checked_beside_bad_ones(
    plan_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "events.jsonl"
    good = lines(own("Order Completed", **order()))
    path.write_bytes(good + b"{\n" + b"\xff\n" + good)
    code, printed = check(capsys, plan_folder, path)
    assert code == 1
    assert [line.partition(": ")[0] for line in printed[:2]] == [
        f"{path}:2",
        f"{path}:3",
    ]
    assert "1 files, 2 events, of which 0 break the plan" in printed[2]
    assert "2  unusable_line" in printed[3]


def test_a_file_that_cannot_be_read_is_said_and_the_others_are_checked(
    plan_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(lines(own("Order Completed", **order())))
    code, printed = check(capsys, plan_folder, tmp_path / "gone", tmp_path, path)
    assert code == 1
    assert "gone: cannot be read (No such file or directory)" in printed[0]
    assert "is a folder. Name its files" in printed[1]
    assert "3 files, 1 events" in printed[2]


def test_a_reader_that_stops_early_is_no_fault(
    plan_folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(lines(*[own("Signed Up", x="y" * 50)] * 20_000))
    check_it = f"{sys.executable} {SCRIPTS / 'check_events.py'} {path} --examples 0"
    done = subprocess.run(
        f"{check_it} --plan {plan_folder} | head -1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr


# -- collectors -----------------------------------------------------------------------

COLLECTED: dict[str, tuple[dict[str, Any], list[tuple[str, dict[str, Any]]]]] = {
    "own, other keys are properties": (
        {"event_name": "Seen", "timestamp": 1, "device_id": "d", "x": None, "y": 2}
        | {"properties": {"y": 3}},
        [("seen", {"x": None, "y": 3})],
    ),
    "own page": (
        {"type": "page", "timestamp": 1, "user_id": "u", "name": "Home"},
        [("page_viewed", {"name": "Home"})],
    ),
    "own screen": ({"type": "screen", "timestamp": 1}, [("screen_viewed", {})]),
    "own identify": ({"type": "identify", "user_id": "u", "timestamp": 1}, []),
    "segment track": (
        {"type": "track", "messageId": "m", "event": "Order Completed"}
        | {"properties": {"revenue": 9.5}, "context": {"page": {}}},
        [("order_completed", {"revenue": 9.5})],
    ),
    "segment page": (
        {"type": "page", "messageId": "m", "name": "Home", "properties": {"url": "u"}},
        [("page_viewed", {"url": "u", "name": "Home"})],
    ),
    "segment identify": ({"type": "identify", "messageId": "m", "traits": {}}, []),
    "rudderstack track": (
        {"type": "track", "channel": "web", "messageId": "r", "event": "Product Viewed"}
        | {"properties": {"sku": "s1"}, "originalTimestamp": "2026-01-02T03:04:05Z"},
        [("product_viewed", {"sku": "s1"})],
    ),
    "rudderstack merge": ({"type": "merge", "messageId": "r"}, []),
    "amplitude": (
        {
            "amplitude_id": 9,
            "event_type": "signup",
            "event_properties": {"plan": "pro"},
        },
        [("signup", {"plan": "pro"})],
    ),
    "amplitude import": (
        {"event_type": "signup", "event_properties": {}, "device_id": "d", "time": 1},
        [("signup", {})],
    ),
    "amplitude identify": ({"amplitude_id": 9, "event_type": "$identify"}, []),
    "mixpanel": (
        {"event": "Signed up"}
        | {"properties": {"time": 1, "distinct_id": "d", "$city": "Oslo", "plan": "x"}},
        [("signed_up", {"plan": "x"})],
    ),
    "google analytics": (
        {"event_name": "page_view", "event_timestamp": "1767323045000000"}
        | {
            "event_params": [
                {"key": "n", "value": {"int_value": "12"}},
                {"key": "s", "value": {"string_value": "a", "int_value": None}},
                {"key": "d", "value": {"double_value": 0.5}},
                {"key": "none", "value": {}},
            ]
        },
        [("page_viewed", {"n": 12, "s": "a", "d": 0.5, "none": None})],
    ),
    "posthog": (
        {"uuid": "u", "event": "$pageview", "distinct_id": "d"}
        | {"properties": '{"$device_id": "d", "plan": "pro"}'},
        [("page_viewed", {"plan": "pro"})],
    ),
    "posthog identify": ({"event": "$identify", "distinct_id": "d"}, []),
    "snowplow": (
        {"collector_tstamp": "2026-01-02T03:04:06Z", "event": "unstruct"}
        | {"event_name": "add_to_cart", "unstruct_event_com_acme_1": {"qty": 2}},
        [("add_to_cart", {"qty": 2})],
    ),
    "snowplow struct": (
        {"collector_tstamp": "2026-01-02T03:04:06Z", "event": "struct"}
        | {"event_name": "event", "se_action": "Play", "se_value": 3},
        [("play", {"se_action": "Play", "se_value": 3})],
    ),
    "segment category": (
        {"type": "page", "messageId": "1", "name": "Home", "category": "Docs"},
        [("page_viewed", {"name": "Home", "category": "Docs"})],
    ),
    "heap": (
        {"event_id": "1", "user_id": "2", "time": "2026-01-02", "type": "click"}
        | {"event_name": "clicked_buy", "target": "b"},
        [("clicked_buy", {"target": "b"})],
    ),
    "kissmetrics": (
        {"_n": "visited site", "_p": "p", "_t": 1, "url": "u"},
        [("visited_site", {"url": "u"})],
    ),
    "kissmetrics alias": ({"_p": "a", "_p2": "b", "_t": 1}, []),
    "kissmetrics traits": ({"_n": None, "_p": "a", "_t": 1, "plan": "pro"}, []),
    "heap view": (
        {"event_id": "1", "user_id": "2", "time": "2026-01-02", "type": "view"}
        | {"path": "/", "browser": "Safari", "utm_source": "ad", "own": 1},
        [("page_viewed", {"own": 1})],
    ),
    "heap migration": (
        {"from_user_id": "1", "to_user_id": "2", "time": "2026-01-02"},
        [],
    ),
    "amplitude page": (
        {"event_type": "[Amplitude] Page Viewed", "event_time": "2026-01-02"}
        | {"event_properties": {"a": 1}},
        [("page_viewed", {"a": 1})],
    ),
    "mixpanel merge": (
        {"event": "$merge", "properties": {"distinct_id": "d", "time": 1}},
        [],
    ),
    "an event called like a page": (
        {"type": "track", "event": "pageview", "messageId": "1"},
        [("pageview", {})],
    ),
    "mparticle without a person": (
        {"events": [{"event_type": "custom_event", "data": {"event_name": "a"}}]},
        [("a", {})],
    ),
    "mparticle": (
        {"mpid": "7"}
        | {
            "events": [
                {
                    "event_type": "custom_event",
                    "data": {"event_name": "click", "custom_attributes": {"b": "buy"}},
                },
                {"event_type": "screen_view", "data": {"screen_name": "Home"}},
                {"event_type": "session_end", "data": {}},
            ]
        },
        [("click", {"b": "buy"}), ("screen_viewed", {}), ("session_end", {})],
    ),
}


@pytest.mark.parametrize("shape", COLLECTED)
def test_events_of_every_collector_are_found(shape: str) -> None:
    body, expected = COLLECTED[shape]
    found = [(event.name, event.properties) for event in events_in(body)]
    assert found == expected


@pytest.mark.parametrize(
    "body",
    [
        {"event_name": "x", "event_timestamp": 1, "event_params": [{"key": "a"}]},
        {"event_name": "x", "event_timestamp": 1, "event_params": 5},
        {"event_name": "x", "event_timestamp": 1}
        | {"event_params": [{"key": "a", "value": {"int_value": "b"}}]},
        {"mpid": "7", "events": "x"},
        {"mpid": "7", "events": [{"event_type": "custom_event"}]},
        {"event": "x", "distinct_id": "d", "properties": "{"},
    ],
)
def test_a_collectors_object_that_is_not_whole_is_no_event(body: Any) -> None:
    with pytest.raises(UnusableEvent):
        events_in(body)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("event", "type", "properties", "events", "mpid", "event_params"),
                    *(
                        "event_name",
                        "event_timestamp",
                        "distinct_id",
                        "time",
                        "_p",
                        "_n",
                    ),
                    *("collector_tstamp", "messageId", "data", "key", "value", "rules"),
                    *(
                        "name",
                        "required",
                        "enum",
                        "$ref",
                        "minimum",
                        "exclusiveMinimum",
                    ),
                    *(
                        "global",
                        "categories",
                        "jsonSchema",
                        "const",
                        "pattern",
                        "format",
                    ),
                    *("x-throughline", "labels", "eventType", "additionalProperties"),
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(body=JSON_VALUES)
def test_any_json_is_events_or_a_reason(body: Any) -> None:
    try:
        events = events_in(body)
    except UnusableEvent:
        return
    for event in events:
        assert event.name and isinstance(event.properties, dict)


def test_the_bundled_events_are_read_without_a_fault_of_the_script(
    plan_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = sorted((PROJECT / "seeds/sample_events").glob("*.json*"))
    _, printed = check(capsys, plan_folder, *files)
    assert any(f"{len(files)} files" in line for line in printed)


# -- import ---------------------------------------------------------------------------


def imported(
    folder: Path, document: Any, capsys: pytest.CaptureFixture[str]
) -> tuple[Plan, list[str]]:
    """The plan that a document becomes, and the sentences of what is not kept."""
    path = folder / "vendor.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    plan = folder / "plan"
    code = import_tracking_plan.main([str(path), "--plan", str(plan)])
    captured = capsys.readouterr()
    assert code == 0, captured.err
    notes = captured.out.splitlines()[1:]
    return read_plan(plan), [note.removeprefix(str(path)) for note in notes]


SEGMENT_CONFIG_API = {
    "name": "workspaces/acme/tracking-plans/rs_1",
    "display_name": "Kicks App",
    "rules": {
        "identify_traits": [],
        "group_traits": [],
        "events": [
            {
                "name": "Order Completed",
                "description": "Who bought what",
                "version": 1,
                "rules": {
                    "$schema": "http://json-schema.org/draft-07/schema#",
                    "type": "object",
                    "labels": {"owner": "checkout team", "team": "web"},
                    "properties": {
                        "context": {},
                        "traits": {},
                        "properties": {
                            "type": "object",
                            "required": ["product", "price", "amount"],
                            "properties": {
                                "product": {"type": ["string"], "description": "Which"},
                                "amount": {"type": ["number"], "minimum": 0},
                                "price": {"type": ["number", "null"]},
                                "size": {"type": ["string"], "enum": ["S", "M"]},
                                "items": {
                                    "type": ["array"],
                                    "items": {"type": "object"},
                                },
                            },
                        },
                    },
                },
            }
        ],
        "global": {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "type": "object",
            "properties": {
                "context": {
                    "type": "object",
                    "required": ["library"],
                    "properties": {"library": {"type": ["object"]}},
                },
                "traits": {},
                "properties": {"properties": {"app": {"type": "string"}}},
            },
        },
        "identify": {
            "type": "object",
            "properties": {
                "traits": {"type": "object", "properties": {"age": {"type": "number"}}},
                "properties": {},
                "context": {},
            },
        },
        "group": {
            "type": "object",
            "properties": {"properties": {}, "context": {}, "traits": {}},
        },
    },
    "create_time": "2019-02-05T01:21:25Z",
    "update_time": "2019-02-05T01:21:25Z",
}


def test_a_plan_of_segments_config_api_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, notes = imported(tmp_path, SEGMENT_CONFIG_API, capsys)
    assert plan.events == (
        PlannedEvent(
            "Order Completed", owner="checkout team", description="Who bought what"
        ),
    )
    name = "Order Completed"
    assert plan.properties == (
        PlannedProperty("*", "app", "string"),
        PlannedProperty(name, "product", "string", True, description="Which"),
        PlannedProperty(name, "amount", "number", True, minimum=0),
        PlannedProperty(name, "price", "number", True),
        PlannedProperty(name, "size", "string", False, ("S", "M")),
        PlannedProperty(name, "items", "array"),
    )
    assert plan.policies == (Policy("unplanned_property", "allow"),)
    assert notes == [
        ", global: what context must be is not kept; a plan has properties.",
        ": identify speaks of traits, not of events; not kept.",
        ", Order Completed, property price: that it may be null is not kept: null will "
        "break the plan.",
        ", Order Completed, property items: items (what the elements of an array are) "
        "is not kept.",
        ": create_time has no column in the plan; not kept.",
        ": display_name has no column in the plan; not kept.",
        ", Order Completed: labels has no column in the plan; not kept.",
        ": name has no column in the plan; not kept.",
        ": update_time has no column in the plan; not kept.",
    ]


def segment_rule(key: str | None, kind: str, version: int = 1, **parts: Any) -> Any:
    frame = {"context": {}, "traits": {}, "properties": {}}
    return {
        "key": key,
        "type": kind,
        "version": version,
        "jsonSchema": {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "type": "object",
            "properties": frame | parts,
        },
    }


def test_rules_of_segments_public_api_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = {
        "data": {
            "rules": [
                segment_rule("Seen", "TRACK", 1, properties={"required": ["old"]}),
                segment_rule("Seen", "TRACK", 2, properties={"required": ["new"]}),
                segment_rule("Seen", "TRACK", 1, properties={"required": ["older"]}),
                segment_rule(
                    None,
                    "COMMON",
                    properties={"properties": {"unit": {"type": "string"}}},
                    context={"required": ["device"]},
                ),
                segment_rule("Home", "PAGE", properties={"required": ["url"]}),
                segment_rule(None, "SCREEN"),
                segment_rule(None, "IDENTIFY", traits={"required": ["email"]}),
                segment_rule(None, "GROUP"),
            ],
            "pagination": {"current": "MA=="},
        }
    }
    plan, notes = imported(tmp_path, document, capsys)
    assert [event.event for event in plan.events] == [
        "Page Viewed",
        "Screen Viewed",
        "Seen",
    ]
    assert [(p.event, p.property, p.is_required) for p in plan.properties] == [
        ("*", "unit", False),
        ("Page Viewed", "url", True),
        ("Seen", "new", True),
    ]
    assert notes == [
        ", Seen: described twice; the higher version is kept.",
        ", Seen: described twice; the one before is kept.",
        ", rules of all calls: what context must be is not kept; "
        "a plan has properties.",
        ": identify speaks of traits, not of events; not kept.",
        ": pagination has no column in the plan; not kept.",
    ]


def test_a_rudderstack_tracking_plan_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    properties = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "email": {"type": ["string"], "format": "email"},
            "prop_integer": {"type": ["integer"], "exclusiveMinimum": 0},
            "prop_float": {"type": ["number"], "multipleOf": 0.01},
        },
        "required": ["email"],
    }
    wrapped = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "required": ["properties"],
        "properties": {"properties": properties},
    }
    document = {
        "id": "tp_1",
        "version": 1,
        "rules": {
            "events": [
                {
                    "id": "ev_1",
                    "name": "Product clicked",
                    "description": "Fired when a product is clicked.",
                    "eventType": "track",
                    "version": "1-0-0",
                    "rules": wrapped,
                },
                {"name": "Older shape", "version": "1-0-0", "rules": properties},
                {"name": "", "eventType": "identify", "rules": wrapped},
            ]
        },
    }
    plan, notes = imported(tmp_path, document, capsys)
    assert plan.events == (
        PlannedEvent("Older shape"),
        PlannedEvent("Product clicked", description="Fired when a product is clicked."),
    )
    for event in plan.events:
        assert [p for p in plan.properties if p.event == event.event] == [
            PlannedProperty(event.event, "email", "string", True, format="email"),
            PlannedProperty(event.event, "prop_integer", "integer", minimum=1),
            PlannedProperty(event.event, "prop_float", "number"),
        ]
    assert plan.policies == (Policy("unplanned_property", "flag"),)
    assert ": identify speaks of traits, not of events; not kept." in notes
    assert (
        ", Older shape, property prop_float: multipleOf (steps between numbers) is not "
        "kept." in notes
    )
    assert notes[-2:] == [
        " and 1 more places: id has no column in the plan; not kept.",
        ": version has no column in the plan; not kept.",
    ]


def test_events_of_rudderstacks_data_catalog_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = {
        "data": [
            {
                "id": "ev_1",
                "name": "Order Completed",
                "description": "Paid",
                "eventType": "track",
                "categoryId": "cat_1",
                "additionalProperties": True,
                "properties": [
                    {
                        "id": "prop_1",
                        "name": "coupon",
                        "type": "string, null",
                        "required": True,
                        "propConfig": {"minLength": 3, "pattern": "^C"},
                    },
                    "odd",
                ],
            }
        ]
    }
    plan, notes = imported(tmp_path, document, capsys)
    assert plan.events == (
        PlannedEvent("Order Completed", "cat_1", description="Paid"),
    )
    assert plan.properties == (
        PlannedProperty("Order Completed", "coupon", "string", True, pattern="^C"),
    )
    assert ': a property is "odd"; not kept.' in notes
    assert any("minLength (the least length of a text)" in note for note in notes)
    assert any("that it may be null is not kept" in note for note in notes)


def test_an_avo_json_schema_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping = [{"name": "Mapped", "destinationId": "all"}]
    document = {
        "name": "Avo",
        "events": [
            {
                "id": "_",
                "name": "Debugger Started",
                "description": "Sent when the web debugger is started.",
                "tags": [],
                "categories": ["c1", "c2"],
                "rules": {
                    "$schema": "http://json-schema.org/draft-06/schema#",
                    "type": "object",
                    "required": ["properties", "nameMapping"],
                    "properties": {
                        "properties": {
                            "type": "object",
                            "properties": {
                                "Property 1": {
                                    "id": "_",
                                    "description": "From where it was started.",
                                    "type": "string",
                                    "nameMapping": mapping,
                                },
                                "Property 2": {
                                    "type": "string",
                                    "enum": ["Option 1", "Option|2"],
                                },
                            },
                            "additionalProperties": False,
                            "required": ["Property 1"],
                        },
                        "nameMapping": mapping,
                    },
                },
            }
        ],
        "categories": {"c1": {"name": "Debugging"}, "c2": {"name": "Web"}},
        "metrics": {"m": {"name": "Share"}},
    }
    plan, notes = imported(tmp_path, document, capsys)
    assert plan.events == (
        PlannedEvent(
            "Debugger Started",
            "Debugging",
            description="Sent when the web debugger is started.",
        ),
    )
    name = "Debugger Started"
    assert plan.properties == (
        PlannedProperty(
            name, "Property 1", "string", True, description="From where it was started."
        ),
        PlannedProperty(name, "Property 2", "string"),
    )
    for sentence in (
        "the second category Web is not kept.",
        "property Property 2: allowed values that hold | or begin with a space",
        "what nameMapping must be is not kept",
        "metrics has no column in the plan; not kept.",
        "nameMapping has no column in the plan; not kept.",
    ):
        assert any(sentence in note for note in notes), (sentence, notes)


def schema_of(**properties: Any) -> dict[str, Any]:
    return {"title": "Seen", "type": "object", "properties": properties}


PROPERTY_SCHEMAS: list[tuple[Any, dict[str, Any], str]] = [
    ({"type": "string"}, {"type": "string"}, ""),
    (True, {}, ""),
    ({"type": ["integer", "number"]}, {"type": "number"}, ""),
    ({"type": ["string", "integer"]}, {}, "the type string, integer is not kept"),
    ({"type": "null"}, {}, "the type null is not kept"),
    ({"type": [{}]}, {}, "the type {} is not kept"),
    ({"const": 5}, {"type": "integer", "allowed_values": ("5",)}, ""),
    ({"enum": ["1"]}, {"allowed_values": ("1",)}, ""),
    (
        {"type": "number", "enum": [1.5, 2]},
        {"type": "number", "allowed_values": ("1.5", "2")},
        "",
    ),
    (
        {"enum": [" a"]},
        {},
        "allowed values that hold | or begin with a space; not kept.",
    ),
    ({"pattern": "a "}, {"pattern": "(?:a )"}, ""),
    ({"enum": [1, 0.5]}, {"type": "number", "allowed_values": ("1", "0.5")}, ""),
    ({"enum": [True]}, {"type": "boolean", "allowed_values": ("true",)}, ""),
    ({"enum": ["a", 1]}, {}, "that are no single values"),
    (
        {"type": "string", "enum": ["a", 1]},
        {"type": "string", "allowed_values": ("a",)},
        "that are no single values",
    ),
    (
        {"type": "string", "enum": ["a", None]},
        {"type": "string", "allowed_values": ("a",)},
        "that null is allowed is not kept",
    ),
    (
        {"type": "integer", "enum": [1, "b"]},
        {"type": "integer", "allowed_values": ("1",)},
        "allowed values that are no single values of its type",
    ),
    ({"enum": [{"a": 1}]}, {"type": "object"}, "allowed values that are no single"),
    ({"enum": [""]}, {}, "that it must be an empty text is not kept"),
    (
        {"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 9.5},
        {"type": "integer", "minimum": 1, "maximum": 9},
        "",
    ),
    (
        {"type": "integer", "minimum": 5, "exclusiveMinimum": 0},
        {"type": "integer", "minimum": 5},
        "",
    ),
    (
        {"type": "integer", "maximum": 5, "exclusiveMaximum": True},
        {"type": "integer", "maximum": 4},
        "",
    ),
    (
        {"type": "number", "exclusiveMinimum": 0},
        {"type": "number", "minimum": 0},
        "greater than 0 is kept as minimum: 0 is right",
    ),
    (
        {"type": "number", "exclusiveMaximum": 1},
        {"type": "number", "maximum": 1},
        "less than 1 is kept as maximum: 1 is right",
    ),
    ({"minimum": "low"}, {}, 'minimum is "low", no number; not kept'),
    ({"minimum": True}, {}, "minimum is true, no number; not kept"),
    ({"minimum": 2, "maximum": 1}, {}, "no number is from 2 to 1"),
    ({"pattern": "(?=a)b"}, {}, "is none that the warehouse reads"),
    ({"pattern": "("}, {}, "is none that the warehouse reads"),
    ({"pattern": 5}, {}, "is none that the warehouse reads"),
    ({"format": "iri"}, {}, "the format iri is none of date-time"),
    ({"type": "object", "properties": {"a": {}}}, {"type": "object"}, "nested object"),
    (
        {"type": "object", "additionalProperties": False},
        {"type": "object"},
        "additionalProperties (what else a nested object may hold) is not kept",
    ),
    ({"oneOf": [{"type": "string"}]}, {}, "oneOf (one of several schemas)"),
    ({"not": {"type": "string"}}, {}, "not (what a value must not be)"),
    ({"type": "string", "minLength": 2}, {"type": "string"}, "minLength"),
    ({"$ref": "#/$defs/money"}, {"type": "number", "minimum": 0}, ""),
    ({"$ref": "#/$defs/circle"}, {}, "$ref (a schema that stands elsewhere)"),
    ({"$ref": "other.json"}, {}, "$ref (a schema that stands elsewhere)"),
    ({"examples": ["a"]}, {}, "examples has no column in the plan"),
]


@pytest.mark.parametrize("number", range(len(PROPERTY_SCHEMAS)))
def test_what_a_property_cannot_say_is_said_in_a_sentence(
    number: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    part, expected, sentence = PROPERTY_SCHEMAS[number]
    document = schema_of(x=part) | {
        "$defs": {
            "money": {"type": "number", "minimum": 0},
            "circle": {"$ref": "#/$defs/circle"},
        }
    }
    plan, notes = imported(tmp_path, document, capsys)
    assert plan.properties == (PlannedProperty("Seen", "x", **expected),)
    notes = [note for note in notes if "$defs has" not in note]
    assert [sentence in note for note in notes] == ([True] if sentence else []), notes


EVENT_SCHEMAS: list[tuple[dict[str, Any], str]] = [
    (schema_of() | {"allOf": [{}]}, "allOf (several schemas at once) is not kept"),
    (schema_of() | {"patternProperties": {"^x": {}}}, "patternProperties"),
    (schema_of() | {"minProperties": 1}, "minProperties"),
    (
        schema_of() | {"additionalProperties": {"type": "string"}},
        "what other properties must be is not kept",
    ),
    (schema_of(x=False), "it must never be there"),
    (schema_of(**{" ": {}}), "a property called"),
    (
        schema_of(properties={"title": "Of it"}),
        "title has no column in the plan; not kept",
    ),
    (schema_of(properties={}) | {"required": ["userId"]}, "that userId must be there"),
]


@pytest.mark.parametrize("number", range(len(EVENT_SCHEMAS)))
def test_what_an_event_cannot_say_is_said_in_a_sentence(
    number: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document, sentence = EVENT_SCHEMAS[number]
    _, notes = imported(tmp_path, document, capsys)
    assert [sentence in note for note in notes] == [True], notes


def test_a_schema_of_a_whole_message_names_its_event(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = schema_of(
        event={"const": "Order Completed"},
        properties={"type": "object", "properties": {"x": {"type": "string"}}},
    )
    plan, _ = imported(tmp_path, document, capsys)
    assert plan.events == (PlannedEvent("Order Completed"),)
    assert plan.properties == (PlannedProperty("Order Completed", "x", "string"),)


def test_a_schema_without_a_title_is_named_by_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, _ = imported(tmp_path, {"properties": {"x": {}}}, capsys)
    assert plan.events == (PlannedEvent("vendor"),)


def test_events_that_differ_on_other_properties_are_closed_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = [
        {"name": "Open", "rules": schema_of() | {"title": "Open"}},
        {"name": "Shut", "rules": {"properties": {}, "additionalProperties": False}},
    ]
    plan, notes = imported(tmp_path, {"events": events}, capsys)
    assert plan.policies == (Policy("unplanned_property", "flag"),)
    assert notes == [
        "Open: 1 events allow other properties and 1 do not; the plan has one policy "
        "for all, so that unplanned properties are not allowed."
    ]


def test_policies_that_stand_are_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policies = "rule,policy,description\nunplanned_property,block,ours\nrange,allow,\n"
    write_seeds(tmp_path / "plan", policies=policies)
    closed = schema_of() | {"additionalProperties": False}
    plan, _ = imported(tmp_path, closed, capsys)
    standing = Policy("unplanned_property", "block", "ours")
    assert plan.policies == (standing, Policy("range", "allow"))
    plan, _ = imported(tmp_path, schema_of(), capsys)
    changed = Policy("unplanned_property", "allow")
    assert plan.policies == (Policy("range", "allow"), changed)


UNUSABLE = {
    "no json": (b"{", "is not the JSON it should be"),
    "not text": (b"\xff\xfe{}", "is not UTF-8"),
    "half a character": (b'{"name": "\\ud800"}', "is not UTF-8"),
    "deep": (b"[" * 99_999, "is not the JSON it should be"),
    "nan": (b'{"properties": {"x": {"minimum": NaN}}}', "is not the JSON"),
    "a text": (b'"x"', 'expected an object, found "x"'),
    "no plan": (b'{"a": 1}', "is no tracking plan"),
    "empty list": (b"[]", "holds no event"),
    "list of texts": (b'["a"]', "expected a list of events"),
    "events of texts": (b'{"events": ["a"]}', "expected a list of events"),
    "no event": (b'{"events": []}', "No event was found"),
    "a deep schema": (
        b'{"properties": {"x": ' + b'{"a": ' * 900 + b"1" + b"}" * 900 + b"}}",
        "",
    ),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_a_file_that_is_no_plan_is_a_sentence_and_nothing_is_written(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, sentence = UNUSABLE[case]
    path, plan = tmp_path / "vendor.json", tmp_path / "plan"
    path.write_bytes(content)
    code = import_tracking_plan.main([str(path), "--plan", str(plan)])
    if sentence:
        assert code == 1
        assert sentence in capsys.readouterr().err
        assert not plan.exists()


def test_missing_files_and_empty_folders_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = str(tmp_path / "plan")
    assert import_tracking_plan.main([str(tmp_path / "gone"), "--plan", plan]) == 1
    assert "gone cannot be read" in capsys.readouterr().err
    assert import_tracking_plan.main([str(tmp_path), "--plan", plan]) == 1
    assert "holds no .json file" in capsys.readouterr().err
    (tmp_path / "plan").write_text("")
    (tmp_path / "a.json").write_text(json.dumps(schema_of()))
    assert import_tracking_plan.main([str(tmp_path), "--plan", plan]) == 1
    assert "cannot be written" in capsys.readouterr().err


@settings(deadline=None, max_examples=300)
@given(document=JSON_VALUES)
def test_any_json_is_a_plan_or_a_reason(document: Any) -> None:
    found = import_tracking_plan.Import()
    try:
        import_tracking_plan.read_document(document, "x.json", found)
    except import_tracking_plan.UnusableSchema:
        return
    found.plan(())
    assert all(isinstance(note, str) for note in found.all_notes())


# -- the commands ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "script", ["export_tracking_plan", "import_tracking_plan", "check_events"]
)
def test_the_help_shows_two_examples(script: str) -> None:
    command = [sys.executable, SCRIPTS / f"{script}.py", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.count(f"uv run python scripts/{script}.py") == 2


def test_the_cells_written_are_plain(tmp_path: Path) -> None:
    planned = PlannedProperty("Seen", "x", "number", True, ("1", "2"), minimum=0)
    write_plan(Plan((PlannedEvent("Seen"),), (planned,)), tmp_path)
    rows = csv.reader(io.StringIO((tmp_path / PROPERTIES_FILE).read_text()))
    assert list(rows)[1] == ["Seen", "x", "number", "true", "1|2", "", "0"] + [
        *("", "", "false", "")
    ]
    assert not (tmp_path / POLICIES_FILE).exists()


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1), (" -2 ", -2), ("1.0", 1.0), ("1e3", 1000.0), ("", None), ("1_0", None)]
    + [("inf", None), ("1e999", None), ("٣", None), ("9" * 400, None)],
)
def test_a_cell_holds_a_number_or_none(text: str, number: Any) -> None:
    assert number_in(text) == number


def test_digits_in_a_pattern_are_those_of_the_warehouse() -> None:
    schema = {"properties": {"x": {"pattern": r"^\d$"}}}
    assert validator_of(schema).is_valid({"x": "5"})
    assert not validator_of(schema).is_valid({"x": "٥"})

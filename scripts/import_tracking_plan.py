"""Read a tracking plan from JSON Schema into the seeds of seeds/tracking_plan.

Reads what export_tracking_plan.py writes, Segment Protocols plans (Config API: rules
with events; Public API: rules with jsonSchema), RudderStack plans (rules with events;
Data Catalog API), Avo's JSON Schema export, and plain JSON Schema, one event a file.
The events and properties that stood in the seeds are replaced; of the policies only
that of unplanned_property changes, where the schemas say so.

What a schema holds and the seeds cannot say (nested objects, oneOf, lengths, ...) is
not kept; each such thing is named in a sentence.

Examples:
    uv run python scripts/import_tracking_plan.py segment_plan.json
    uv run python scripts/import_tracking_plan.py schemas/ --plan ../app/tracking_plan
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from tracking_plan import (
    EVERY_EVENT,
    EXTENSION,
    FORMATS,
    PLAN_FOLDER,
    STATUSES,
    TYPES,
    Plan,
    PlannedEvent,
    PlannedProperty,
    Policy,
    UnusablePlan,
    read_plan,
    snake_case,
    write_plan,
)

Schema = dict[str, Any]

# Where vendors put what the seeds have columns for, or what this script goes by.
READ_OF_EVENT = {
    *("name", "key", "description", "type", "eventType", "rules", "jsonSchema"),
    *("json_schema", "schema", "properties", "additionalProperties", "categories"),
    *("category", "categoryId", "version"),
}
READ_OF_PLAN = {"rules", "events", "global", "categories"}
OTHER_CALLS = ("identify", "group", "identify_traits", "group_traits", "alias")
# A schema of a whole message has these beside the properties.
MESSAGE_PARTS = {
    *("properties", "context", "traits", "type", "event", "name", "userId", "channel"),
    *("anonymousId", "messageId", "timestamp", "integrations", "nameMapping"),
    *("originalTimestamp", "sentAt", "receivedAt", "previousId", "groupId"),
}
READ_OF_PROPERTY = {
    *("type", "enum", "const", "pattern", "minimum", "maximum", "format"),
    *("exclusiveMinimum", "exclusiveMaximum", "description", EXTENSION, "$schema"),
}
READ_OF_OBJECT = {"$schema", "type", "properties", "required", "additionalProperties"}
READ_OF_SCHEMA = {"title", "description", "deprecated", "labels", EXTENSION}
# Keywords that say what is right: without them a plan asks less than the schema did.
CONSTRAINTS = {
    "properties": "what a nested object holds",
    "required": "what a nested object must hold",
    "additionalProperties": "what else a nested object may hold",
    "patternProperties": "properties by a pattern of their names",
    "propertyNames": "what properties may be called",
    "minProperties": "the least number of properties",
    "maxProperties": "the greatest number of properties",
    "dependencies": "properties that ask for others",
    "dependentRequired": "properties that ask for others",
    "dependentSchemas": "properties that ask for others",
    "unevaluatedProperties": "what else an object may hold",
    "items": "what the elements of an array are",
    "additionalItems": "what the elements of an array are",
    "unevaluatedItems": "what the elements of an array are",
    "prefixItems": "what the first elements of an array are",
    "contains": "an element that an array must hold",
    "minContains": "how many such elements an array must hold",
    "maxContains": "how many such elements an array may hold",
    "minItems": "the least length of an array",
    "maxItems": "the greatest length of an array",
    "uniqueItems": "elements that must differ",
    "minLength": "the least length of a text",
    "maxLength": "the greatest length of a text",
    "multipleOf": "steps between numbers",
    "oneOf": "one of several schemas",
    "anyOf": "any of several schemas",
    "allOf": "several schemas at once",
    "not": "what a value must not be",
    "if": "conditions",
    "then": "conditions",
    "else": "conditions",
    "$ref": "a schema that stands elsewhere",
    "$dynamicRef": "a schema that stands elsewhere",
}


class UnusableSchema(Exception):
    """A file cannot be read as a plan: the message says why, and what to do."""


@dataclass
class Import:
    """What has been read so far, and what of it the seeds cannot say."""

    events: dict[str, PlannedEvent] = field(default_factory=dict)
    versions: dict[str, Any] = field(default_factory=dict)
    properties: dict[str, dict[str, PlannedProperty]] = field(default_factory=dict)
    every_event: dict[str, PlannedProperty] = field(default_factory=dict)
    open_events: list[str] = field(default_factory=list)
    closed_events: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    annotations: dict[str, list[str]] = field(default_factory=dict)

    def note(self, place: str, sentence: str) -> None:
        """Remember something that is not kept."""
        self.notes.append(f"{place}: {sentence}")

    def note_unread(self, place: str, values: Schema, read: Iterable[str]) -> None:
        """Remember the keys of a schema that nothing reads, unless they say nothing."""
        for key, value in values.items():
            if key in read or value in (None, "", [], {}):
                continue
            if value is False and key not in CONSTRAINTS:
                continue
            if key in CONSTRAINTS:
                self.note(place, f"{key} ({CONSTRAINTS[key]}) is not kept.")
            else:
                self.annotations.setdefault(key, []).append(place)

    def all_notes(self) -> Iterator[str]:
        """Yield a sentence for all that is not kept."""
        yield from self.notes
        for key, places in sorted(self.annotations.items()):
            more = f" and {len(places) - 1:,} more places" if len(places) > 1 else ""
            yield f"{places[0]}{more}: {key} has no column in the plan; not kept."

    def plan(self, policies: Iterable[Policy]) -> Plan:
        """Return the plan, with the policies before it where they still hold."""
        names = sorted(self.events)
        events = [self.events[name] for name in names]
        properties = list(self.every_event.values())
        for name in names:
            properties += self.properties.get(name, {}).values()
        return Plan(
            tuple(events), tuple(properties), tuple(self._with_openness(policies))
        )

    def _with_openness(self, policies: Iterable[Policy]) -> list[Policy]:
        found = list(policies)
        if not self.open_events and not self.closed_events:
            return found
        is_open = not self.closed_events
        if self.open_events and self.closed_events:
            self.note(
                self.open_events[0],
                f"{len(self.open_events):,} events allow other properties and "
                f"{len(self.closed_events):,} do not; the plan has one policy for all, "
                "so that unplanned properties are not allowed.",
            )
        current = {row.rule: row.policy for row in found}.get("unplanned_property")
        if current and (current == "allow") == is_open:
            return found
        rule = "unplanned_property"
        new = Policy(rule, "allow" if is_open else "flag")
        return [row for row in found if row.rule != rule] + [new]


# -- the shapes of plans --------------------------------------------------------------


def read_document(document: Any, place: str, found: Import) -> None:
    """Add the events of a document, whichever tool wrote it.

    Raises UnusableSchema where it is no plan.
    """
    while isinstance(document, dict) and isinstance(document.get("data"), dict | list):
        document = document["data"]
    if isinstance(document, list):
        if not document:
            raise UnusableSchema(f"{place} holds no event.")
        for each in document:
            if not isinstance(each, dict):
                raise UnusableSchema(
                    f"{place}: expected a list of events, found {_text(each)} in it."
                )
            _read_event(each, document, place, found, {})
        return
    if not isinstance(document, dict):
        raise UnusableSchema(f"{place}: expected an object, found {_text(document)}.")
    rules = document.get("rules")
    if isinstance(rules, list) or isinstance(document.get("events"), list):
        _read_plan(document, place, found)
    elif isinstance(rules, dict) and isinstance(rules.get("events"), list):
        found.note_unread(place, document, READ_OF_PLAN)
        shared = {"categories": document.get("categories")}
        _read_plan({**shared, **rules}, place, found)
    elif isinstance(document.get("properties"), dict):
        _read_schema_file(document, place, found)
    elif isinstance(rules, dict) or "jsonSchema" in document:
        _read_event(document, document, place, found, {})
    else:
        raise UnusableSchema(
            f"{place} is no tracking plan: neither events or rules, nor a schema with "
            "properties. Export the plan as JSON Schema."
        )


def _read_plan(plan: Schema, place: str, found: Import) -> None:
    found.note_unread(place, plan, {*READ_OF_PLAN, *OTHER_CALLS})
    categories = _category_names(plan.get("categories"))
    common = plan.get("global")
    if isinstance(common, dict):
        _read_every_event(common, plan, f"{place}, global", found)
    for call in OTHER_CALLS:
        if _says_something(plan.get(call)):
            found.note(place, f"{call} speaks of traits, not of events; not kept.")
    events = plan.get("events")
    if not isinstance(events, list):
        events = plan["rules"]
    for each in events:
        if not isinstance(each, dict):
            raise UnusableSchema(
                f"{place}: expected a list of events, found {_text(each)} in it."
            )
        _read_event(each, plan, place, found, categories)


def _category_names(categories: Any) -> dict[str, str]:
    if isinstance(categories, dict):
        categories = [
            {"id": key, **value} for key, value in categories.items() if _is(value)
        ]
    if not isinstance(categories, list):
        return {}
    return {
        str(each.get("id")): str(each["name"])
        for each in categories
        if _is(each) and each.get("name")
    }


def _is(value: Any) -> bool:
    return isinstance(value, dict)


def _read_event(
    event: Schema, root: Any, place: str, found: Import, categories: dict[str, str]
) -> None:
    """Add an event as vendors list it: a name, and a schema somewhere beside it."""
    if "name" not in event and "key" not in event and _is(event.get("properties")):
        _read_schema_file(event, place, found)
        return
    call = str(event.get("eventType") or event.get("type") or "track").lower()
    schema = _schema_beside(event, found, place)
    if call == "common":
        _read_every_event(schema, root, f"{place}, rules of all calls", found)
        return
    name = event.get("name") or event.get("key")
    if call in ("page", "screen"):
        name = "Page Viewed" if call == "page" else "Screen Viewed"
    elif call not in ("track", "object"):
        if _says_something(schema):
            found.note(place, f"{call} speaks of traits, not of events; not kept.")
        return
    if not isinstance(name, str) or not name.strip() or name.strip() == EVERY_EVENT:
        found.note(place, f"an event is called {_text(name)}; not kept.")
        return
    found.note_unread(f"{place}, {name}", event, READ_OF_EVENT)
    listed = event.get("categories") or [
        event.get("category") or event.get("categoryId")
    ]
    listed = listed if isinstance(listed, list) else [listed]
    names = [categories.get(str(each), str(each)) for each in listed if each]
    for other in names[1:]:
        found.note(f"{place}, {name}", f"the second category {other} is not kept.")
    _add_event(
        PlannedEvent(
            event=name,
            category=names[0] if names else "",
            status="deprecated" if schema.get("deprecated") is True else "",
            description=_description(event) or _description(schema),
        ),
        schema,
        root,
        place,
        found,
        event.get("version"),
    )


def _schema_beside(event: Schema, found: Import, place: str) -> Schema:
    for key in ("jsonSchema", "json_schema", "rules", "schema"):
        if _is(event.get(key)):
            return event[key]
    properties = event.get("properties")
    schema: Schema = {"type": "object"}
    if "additionalProperties" in event:
        schema["additionalProperties"] = event["additionalProperties"]
    if _is(properties):
        return {**schema, "properties": properties}
    if isinstance(properties, list):
        # RudderStack's Data Catalog lists properties with what is asked of each.
        listed = [each for each in properties if _is(each) and each.get("name")]
        schema["properties"] = {
            str(each["name"]): _catalog_property(each) for each in listed
        }
        schema["required"] = [str(e["name"]) for e in listed if e.get("required")]
        for each in properties:
            if each not in listed:
                found.note(place, f"a property is {_text(each)}; not kept.")
    return schema


def _catalog_property(listed: Schema) -> Schema:
    config = listed.get("propConfig") or listed.get("config") or {}
    own = ("name", "required", "propConfig", "config")
    schema = {key: value for key, value in listed.items() if key not in own}
    if isinstance(schema.get("type"), str):
        schema["type"] = [kind.strip() for kind in schema["type"].split(",")]
    return {**schema, **config} if _is(config) else schema


def _read_schema_file(schema: Schema, place: str, found: Import) -> None:
    """Add the one event that a schema describes: named by its title, or its file."""
    extension = schema.get(EXTENSION)
    extension = extension if _is(extension) else {}
    parts = schema["properties"]
    named = parts.get("event") if EXTENSION not in schema else None
    named = named if _is(named) and "properties" in parts else {}
    listed = named.get("enum")
    only = listed[0] if isinstance(listed, list) and len(listed) == 1 else None
    name = named.get("const") or only or schema.get("title")
    if not isinstance(name, str) or not name.strip():
        name = Path(place).name.split(".")[0]
    status = str(extension.get("status") or "")
    if status not in STATUSES:
        status = "deprecated" if schema.get("deprecated") is True else ""
    _add_event(
        PlannedEvent(
            event=name,
            category=str(extension.get("category") or ""),
            trigger=str(extension.get("trigger") or ""),
            owner=str(extension.get("owner") or ""),
            status=status,
            description=_description(schema),
        ),
        schema,
        schema,
        place,
        found,
    )


def _add_event(
    event: PlannedEvent,
    schema: Schema,
    root: Any,
    place: str,
    found: Import,
    version: Any = None,
) -> None:
    event = PlannedEvent(**{key: text.strip(" ") for key, text in vars(event).items()})
    key = snake_case(event.event)
    name = event.event
    if key in found.events:
        number = version if isinstance(version, int) else 0
        is_newer = number > found.versions[key]
        kept = "the higher version" if is_newer else "the one before"
        found.note(f"{place}, {name}", f"described twice; {kept} is kept.")
        if not is_newer:
            return
        for names in (found.open_events, found.closed_events):
            if found.events[key].event in names:
                names.remove(found.events[key].event)
    found.versions[key] = version if isinstance(version, int) else 0
    labels = schema.get("labels")
    if _is(labels) and isinstance(labels.get("owner"), str) and not event.owner:
        event = PlannedEvent(**{**vars(event), "owner": labels["owner"]})
        labels = {key: value for key, value in labels.items() if key != "owner"}
    unread = {"labels": labels}
    if schema.get("title") != name:
        unread["title"] = schema.get("title")
    if _description(schema) != event.description:
        unread["description of the schema"] = _description(schema)
    found.note_unread(f"{place}, {name}", unread, ())
    found.events[key] = event
    inner = _properties_schema(schema, root, f"{place}, {name}", found)
    allows_others = inner.get("additionalProperties", True)
    if _is(allows_others) and allows_others:
        found.note(f"{place}, {name}", "what other properties must be is not kept.")
    (found.closed_events if allows_others is False else found.open_events).append(name)
    properties = _read_properties(inner, root, name, f"{place}, {name}", found)
    found.properties[key] = {}
    for each in properties:
        if each.event != EVERY_EVENT:
            found.properties[key][each.property] = each
        elif found.every_event.setdefault(each.property, each) != each:
            found.note(
                f"{place}, {name}",
                f"{each.property}, which every event has, is not as before; not kept.",
            )


def _read_every_event(schema: Schema, root: Any, place: str, found: Import) -> None:
    inner = _properties_schema(schema, root, place, found)
    for each in _read_properties(inner, root, EVERY_EVENT, place, found):
        found.every_event[each.property] = each


def _properties_schema(schema: Schema, root: Any, place: str, found: Import) -> Schema:
    """Return the schema of the properties alone, also from that of a message."""
    schema = _resolved(schema, root)
    parts = schema.get("properties")
    is_message = (
        EXTENSION not in schema
        and _is(parts)
        and _is(parts.get("properties"))
        and set(parts) <= MESSAGE_PARTS
    )
    if not is_message:
        found.note_unread(place, schema, READ_OF_OBJECT | READ_OF_SCHEMA)
        return schema
    read = READ_OF_OBJECT - {"additionalProperties"} | READ_OF_SCHEMA
    found.note_unread(place, schema, read)
    for part, of_part in parts.items():
        if part not in ("properties", "event", "type") and _says_something(of_part):
            found.note(
                place, f"what {part} must be is not kept; a plan has properties."
            )
    required = schema.get("required")
    for part in required if isinstance(required, list) else []:
        if part not in ("properties", "event", "type"):
            found.note(place, f"that {part} must be there is not kept.")
    inner = _resolved(parts["properties"], root)
    found.note_unread(place, inner, READ_OF_OBJECT)
    return inner


def _says_something(schema: Any) -> bool:
    """Tell whether a schema asks for more than an object that may hold anything."""
    if not _is(schema):
        return bool(schema) and schema is not True
    for key, value in schema.items():
        if key == "$schema" or value in (None, "", [], {}):
            continue
        if key == "type" and value in ("object", ["object"]):
            continue
        if key != "properties" or not _is(value):
            return True
        if any(_says_something(part) for part in value.values()):
            return True
    return False


def _resolved(schema: Any, root: Any) -> Schema:
    """Return a schema with what its local $ref points to; a false one asks nothing."""
    seen: set[str] = set()
    while _is(schema) and isinstance(schema.get("$ref"), str):
        reference = schema["$ref"]
        target = _pointed(root, reference)
        if reference in seen or not _is(target):
            break
        seen.add(reference)
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        schema = {**target, **beside}
    return schema if _is(schema) else {}


def _pointed(root: Any, reference: str) -> Any:
    if not reference.startswith("#/"):
        return None
    for part in reference[2:].split("/"):
        part = part.replace("~1", "/").replace("~0", "~")
        if not _is(root) or part not in root:
            return None
        root = root[part]
    return root


# -- properties -----------------------------------------------------------------------


def _read_properties(
    schema: Schema, root: Any, event: str, place: str, found: Import
) -> list[PlannedProperty]:
    required = schema.get("required")
    required = required if isinstance(required, list) else []
    parts = schema.get("properties")
    parts = dict(parts) if _is(parts) else {}
    for name in required:
        if isinstance(name, str):
            parts.setdefault(name, {})
    properties = []
    for name, part in parts.items():
        if name != name.strip(" ") or not name:
            found.note(place, f"a property called {_text(name)} is not kept.")
            continue
        where = f"{place}, property {name}"
        if part is False:
            found.note(where, "it must never be there; the plan cannot say so.")
            continue
        reader = PropertyReader(_resolved(part, root), where, found)
        properties.append(reader.read(event, name, name in required))
    return properties


@dataclass(frozen=True)
class PropertyReader:
    """Reads the schema of one property; what the seeds cannot say is noted."""

    schema: Schema
    place: str
    found: Import

    def read(self, event: str, name: str, is_required: bool) -> PlannedProperty:
        extension = self.schema.get(EXTENSION)
        extension = extension if _is(extension) else {}
        self.found.note_unread(self.place, self.schema, READ_OF_PROPERTY)
        kind = self._type()
        minimum = self._limit("minimum", kind)
        maximum = self._limit("maximum", kind)
        if minimum is not None and maximum is not None and minimum > maximum:
            self._note(f"no number is from {minimum} to {maximum}; neither is kept.")
            minimum = maximum = None
        kind, values = self._values(kind)
        return PlannedProperty(
            event=EVERY_EVENT if extension.get("event") == EVERY_EVENT else event,
            property=name,
            type=kind,
            is_required=is_required,
            allowed_values=values,
            pattern=self._pattern(),
            minimum=minimum,
            maximum=maximum,
            format=self._format(),
            is_pii=extension.get("is_pii") is True,
            description=_description(self.schema),
        )

    def _note(self, sentence: str) -> None:
        self.found.note(self.place, sentence)

    def _type(self) -> str:
        kinds = self.schema.get("type", [])
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if "null" in kinds and len(kinds) > 1:
            self._note("that it may be null is not kept: null will break the plan.")
        named = {str(kind) for kind in kinds if kind != "null"}
        if named == {"integer", "number"}:
            named = {"number"}
        if len(named) == 1 and (kind := named.pop()) in TYPES:
            return kind
        if kinds:
            listed = ", ".join(str(each) for each in kinds)
            self._note(f"the type {listed} is not kept: a plan has one; any is taken.")
        return "any"

    def _limit(self, keyword: str, kind: str) -> int | float | None:
        limit = self._number(keyword)
        exclusive = f"exclusive{keyword.capitalize()}"
        bound = self.schema.get(exclusive)
        if bound is None or bound is False:
            return limit
        # Up to draft 4 it was a boolean beside the limit.
        beyond = limit if bound is True else self._number(exclusive)
        if beyond is None:
            return limit
        if kind != "integer":
            than = "greater" if keyword == "minimum" else "less"
            self._note(f"{than} than {beyond} is kept as {keyword}: {beyond} is right.")
            next_value = beyond
        else:
            next_value = (
                beyond // 1 + 1 if keyword == "minimum" else -(-beyond // 1) - 1
            )
            next_value = int(next_value)
        if limit is None:
            return next_value
        return (max if keyword == "minimum" else min)(limit, next_value)

    def _number(self, keyword: str) -> int | float | None:
        value = self.schema.get(keyword)
        if value is None or (
            isinstance(value, int | float) and not isinstance(value, bool)
        ):
            return value
        self._note(f"{keyword} is {_text(value)}, no number; not kept.")
        return None

    def _values(self, kind: str) -> tuple[str, tuple[str, ...]]:
        """Return the type, told by the values where none is, and the allowed values."""
        listed = self.schema.get("enum")
        if "const" in self.schema:
            listed = [self.schema["const"]]
        if not isinstance(listed, list):
            return kind, ()
        values = [value for value in listed if value is not None]
        if len(values) < len(listed):
            self._note("that null is allowed is not kept.")
        if kind == "any" and "type" not in self.schema:
            kinds = {_json_type(value) for value in values}
            kinds = {"number"} if kinds == {"integer", "number"} else kinds
            # Of any type, the allowed values are texts.
            if len(kinds) == 1 and kinds != {"string"}:
                kind = kinds.pop()
        right = [value for value in values if _fits(value, kind)]
        if len(right) < len(values) or kind in ("object", "array"):
            self._note(
                "allowed values that are no single values of its type; not kept."
            )
            # Of any type a part would make what the schema allows break the plan.
            if kind in ("any", "object", "array"):
                return kind, ()
        texts = tuple(dict.fromkeys(_cell_of(value) for value in right))
        cell = "|".join(texts)
        if any("|" in text for text in texts) or cell.strip(" ") != cell:
            self._note("allowed values that hold | or begin with a space; not kept.")
            return kind, ()
        if texts == ("",):
            self._note("that it must be an empty text is not kept.")
            return kind, ()
        return kind, texts

    def _pattern(self) -> str:
        pattern = self.schema.get("pattern")
        if not pattern:
            return ""
        try:
            re.compile(pattern)
            duckdb.execute("select regexp_matches('', ?)", [pattern]).fetchall()
        except (re.error, TypeError, OverflowError, RecursionError, duckdb.Error):
            self._note(
                f"the pattern {_text(pattern)} is none that the warehouse reads "
                "(no look-around, no back-reference); not kept."
            )
            return ""
        # A cell's outer spaces are not read.
        return pattern if pattern == pattern.strip(" ") else f"(?:{pattern})"

    def _format(self) -> str:
        named = self.schema.get("format")
        if not named or (isinstance(named, str) and named in FORMATS):
            return named or ""
        self._note(f"the format {named} is none of {', '.join(FORMATS)}; not kept.")
        return ""


def _json_type(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    kinds = {str: "string", int: "integer", float: "number", list: "array"}
    return kinds.get(type(value), "object")


def _fits(value: Any, kind: str) -> bool:
    own = _json_type(value)
    if kind == "any":
        return own == "string"
    if own == "number" and kind == "integer":
        return value % 1 == 0
    return own == kind or (own == "integer" and kind == "number")


def _cell_of(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _description(schema: Schema) -> str:
    text = schema.get("description")
    return text.strip(" ") if isinstance(text, str) else ""


def _text(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:60]}..."


# -- the command ----------------------------------------------------------------------


def read_json(path: Path) -> Any:
    """Return a file's JSON; raises UnusableSchema where it holds none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        document = json.loads(text)
        json.dumps(document, ensure_ascii=False, allow_nan=False).encode()
    except OSError as problem:
        reason = problem.strerror or problem
        raise UnusableSchema(
            f"{path} cannot be read ({reason}). Name an existing file or folder."
        ) from problem
    except UnicodeError as problem:
        raise UnusableSchema(f"{path} is not UTF-8. Save it as such.") from problem
    except (ValueError, RecursionError) as problem:
        raise UnusableSchema(
            f"{path} is not the JSON it should be ({problem}). Export the plan again."
        ) from problem
    return document


def schema_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files named, and the JSON files in the folders named."""
    files: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        inside = sorted(path.glob("*.json"))
        if not inside:
            raise UnusableSchema(f"{path} holds no .json file. Name another folder.")
        files += inside
    return files


def read_import(paths: Iterable[Path]) -> Import:
    """Return what the files hold; raises UnusableSchema where one is no plan."""
    found = Import()
    for path in schema_files(paths):
        try:
            read_document(read_json(path), str(path), found)
        except RecursionError as problem:
            raise UnusableSchema(
                f"{path} is nested too deeply to be read."
            ) from problem
    if not found.events:
        raise UnusableSchema("No event was found, so that nothing was written.")
    return found


def _present_policies(folder: Path) -> tuple[Policy, ...]:
    try:
        return read_plan(folder).policies
    except UnusablePlan:
        # What stands there is about to be replaced, whatever is wrong with it.
        return ()


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "schemas", nargs="+", type=Path, help="JSON files, or folders of such"
    )
    parser.add_argument(
        "--plan", type=Path, default=PLAN_FOLDER, help="the folder of the plan's seeds"
    )
    options = parser.parse_args(arguments)
    try:
        found = read_import(options.schemas)
        plan = found.plan(_present_policies(options.plan))
        write_plan(plan, options.plan)
    except UnusableSchema as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:
        print(
            f"{problem.filename} cannot be written ({problem.strerror}). Name a folder "
            "that can be.",
            file=sys.stderr,
        )
        return 1
    notes = list(found.all_notes())
    print(
        f"Wrote {len(plan.events):,} events and {len(plan.properties):,} properties to "
        f"{options.plan}; {len(notes):,} things could not be kept."
    )
    for note in notes:
        print(note)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Turn a row of Snowplow's enriched events into the JSON of its analytics SDK.

Source: Snowplow's documentation of the analytics SDKs and of the canonical event model.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from typing import Any

INTEGERS = re.compile(
    "txn_id|domain_sessionidx|(page|refr)_urlport|pp_[xy]offset_(min|max)|ti_quantity"
    "|br_view(width|height)|dvce_screen(width|height)|doc_(width|height)"
)
DECIMALS = re.compile(
    "geo_(latitude|longitude)|se_value|t[ri]_(total|tax|shipping|price)(_base)?"
)
BOOLEANS = re.compile("br_features_.*|br_cookies|dvce_ismobile")
TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?")
STRUCTURES = re.compile("(contexts|unstruct_event)_.*")
# What Python itself takes for a number is more: 1_000, nan, digits of other scripts.
NUMBER = re.compile(r"[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?")
SCHEMA = re.compile(r"iglu:([^/]+)/([^/]+)/jsonschema/(\d+)-")


def flattened(value: Any) -> list[Any]:
    """The objects of a list, however deep the export has nested it."""
    if not isinstance(value, list):
        return [value]
    return [item for part in value for item in flattened(part)]


def parsed(text: str) -> Any:
    """What JSON says; raises ValueError for NaN and the like, which are none."""

    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is no JSON.")

    return json.loads(text, parse_constant=refuse)


def typed(column: str, text: str) -> Any:
    is_whole = INTEGERS.fullmatch(column)
    if is_whole or DECIMALS.fullmatch(column):
        if not NUMBER.fullmatch(text) or math.isinf(float(text)):
            raise ValueError(f"{text!r} is no number.")
        return int(text) if is_whole else float(text)
    if BOOLEANS.fullmatch(column):
        return {"true": True, "1": True, "false": False, "0": False}[text.lower()]
    if TIME.fullmatch(text) and column.endswith("_tstamp"):
        return text.replace(" ", "T", 1) + "Z"
    if STRUCTURES.fullmatch(column):
        objects = flattened(parsed(text))
        return objects if column.startswith("contexts_") else objects[0]
    return text


def is_header(line: bytes) -> bool:
    """Tell whether a line names the columns of enriched events, with tabs between."""
    return b"\t" in line and b"collector_tstamp" in line.strip().split(b"\t")


def row_as_object(header: Sequence[str], fields: Sequence[str]) -> dict[str, Any]:
    """Return a row's object, without empty fields, each schema's data at its own key.

    Raises ValueError where the row has not as many fields as the header. A field that
    is not of its column's type stays text.
    """
    if len(fields) != len(header):
        raise ValueError(f"The row has {len(fields)} fields, the header {len(header)}.")
    body: dict[str, Any] = {}
    for column, text in zip(header, fields, strict=True):
        if not text:
            continue
        try:
            if column in ("contexts", "derived_contexts"):
                for entity in parsed(text)["data"]:
                    key = f"contexts_{_schema_key(entity['schema'])}"
                    body.setdefault(key, []).append(entity["data"])
            elif column == "unstruct_event":
                event = parsed(text)["data"]
                body[f"unstruct_event_{_schema_key(event['schema'])}"] = event["data"]
            else:
                body[column] = typed(column, text)
        except (ValueError, KeyError, TypeError, IndexError, RecursionError):
            body[column] = text
    return body


def _schema_key(schema: str) -> str:
    """Return vendor, name and model of a schema as the SDK joins them."""
    found = SCHEMA.match(schema)
    if not found:
        raise ValueError(f"{schema!r} names no schema.")
    vendor, name, model = found.groups()
    name = re.sub(r"([^A-Z_])([A-Z])", r"\1_\2", name)
    return f"{vendor}_{name}_{model}".replace(".", "_").replace("-", "_").lower()

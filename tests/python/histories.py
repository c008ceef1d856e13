"""Populations drawn at random, and the files that deliver what happened to them.

No two share an identifier. Several collectors, shared devices, merges, late,
duplicated, malformed and blocked lines; what an earlier version of a file lacks comes
with its last.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

FILES = 9
FINAL_TIME = 1_780_000_000
BLOCKED = ("null", "0", "[object Object]", "Guest")
MALFORMED = ('{"event": "Cut o', "[1, 2]", "not JSON", '{"neither": "nor"}')


@dataclass(frozen=True)
class Line:
    """One raw line: where it ends up, and whether an earlier version had it too."""

    population: int
    file: int
    text: str
    is_in_early_version: bool


def draw_population(number: int, draw: random.Random) -> list[Line]:
    """A few people, what they did, and how it was delivered."""
    users = [f"u{number}-{index}" for index in range(draw.randint(1, 3))]
    devices = [f"d{number}-{index}" for index in range(draw.randint(1, 3))]
    home = draw.randrange(FILES)
    at = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(hours=draw.randint(0, 900))
    lines = []
    for index in range(draw.randint(3, 14)):
        at += timedelta(seconds=draw.choice([0, 1, 60, 1800, 1801, 90000, 700000]))
        user = draw.choice([*users, None, None])
        device = draw.choice([*devices, None] if user else devices)
        event = draw_event(f"e{number}-{index}", at, user, device, users, devices, draw)
        copies = draw.choice([1, 1, 1, 1, 2])
        for copy in range(copies):
            file = home if draw.random() < 0.6 and copy == 0 else draw.randrange(FILES)
            received = {"received_at": (at + timedelta(hours=copy)).isoformat()}
            text = json.dumps({**event, **(received if draw.random() < 0.5 else {})})
            lines.append(Line(number, file, text, draw.random() < 0.6))
    if draw.random() < 0.1:
        text = draw.choice(MALFORMED)
        lines.append(Line(number, home, text, draw.random() < 0.5))
    return lines


def draw_event(
    event_id: str,
    at: datetime,
    user: str | None,
    device: str | None,
    users: list[str],
    devices: list[str],
    draw: random.Random,
) -> dict[str, Any]:
    name, properties = draw.choice(EVENTS)(draw)
    if draw.random() < 0.05:
        user, device = draw.choice(BLOCKED), device or devices[0]
    if draw.random() < 0.08 and user:
        name, properties = "alias", {}
    if draw.random() < 0.3:
        return as_vendors(event_id, at, user, device, name, properties, users, draw)
    line: dict[str, Any] = {
        "event_id": None if draw.random() < 0.05 else event_id,
        "timestamp": at.isoformat(),
        "user_id": user,
        "anonymous_id": device,
        "event": name,
        "properties": properties,
    }
    if name == "alias":
        line |= {"type": "alias", "previous_id": draw.choice([*users, *devices])}
    if draw.random() < 0.2:
        line["user_properties"] = {"plan": draw.choice(["free", "pro"])}
    if draw.random() < 0.2:
        line["groups"] = {"account": f"a{draw.randint(0, 9)}"}
    return {key: value for key, value in line.items() if value is not None}


def as_vendors(
    event_id: str,
    at: datetime,
    user: str | None,
    device: str | None,
    name: str,
    properties: dict[str, Any],
    users: list[str],
    draw: random.Random,
) -> dict[str, Any]:
    """The event as another collector would have sent it."""
    if name == "alias":
        message = {"type": "alias", "previousId": draw.choice(users)}
    else:
        message = {"type": "track", "event": name, "properties": properties}
    if draw.random() < 0.6 or name == "alias":
        sent = {
            **message,
            "messageId": event_id,
            "timestamp": at.isoformat(),
            "userId": user,
            "anonymousId": device,
            "context": {"page": {"url": "https://shop.test/?utm_source=news"}},
        }
        return {key: value for key, value in sent.items() if value is not None}
    return {
        "event": name,
        "properties": {
            **properties,
            "time": int(at.timestamp()),
            "distinct_id": user or device,
            "$device_id": device or f"only-{user}",
            "$insert_id": event_id,
            **({"$user_id": user} if user else {}),
        },
    }


Drawn = tuple[str, dict[str, Any]]
EVENTS: list[Callable[[random.Random], Drawn]] = [
    lambda draw: ("Product Viewed", {"category": draw.choice(["pots", "seeds", "x"])}),
    lambda draw: ("Product Added", {"category": "pots", "price": 3, "quantity": "2"}),
    lambda draw: ("Checkout Started", {}),
    lambda draw: ("Order Completed", {"revenue": draw.choice([5, 12.5, 250])}),
    lambda draw: ("Page Viewed", {"path": draw.choice(["/", "/products/1", "/cart"])}),
    lambda draw: ("Signed Up", {"plan": "free"}),
    lambda draw: ("Feature Used", {"feature": draw.choice(["search", "wish list"])}),
    lambda draw: ("Error Shown", {}),
    lambda draw: ("Email Sent", {}),
    lambda draw: (
        "Experiment Viewed",
        {
            "experiment": "checkout_button",
            "variant": draw.choice(["control", "treatment"]),
        },
    ),
]


def write_file(folder: Path, file: int, lines: Sequence[Line], is_early: bool) -> None:
    path = folder / "events" / f"{file}.jsonl"
    kept = [
        line.text
        for line in lines
        if line.file == file and (line.is_in_early_version or not is_early)
    ]
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{text}\n" for text in kept))
    os.utime(path, (FINAL_TIME, FINAL_TIME - 1000 * is_early))

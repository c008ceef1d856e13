"""The raw events that both engines build from, as a first and a second build find them.

THROUGHLINE_TEST_EVENTS=1000000 adds so many generated events, half of their files in
each build; THROUGHLINE_TEST_SEED draws other populations.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engines import PROJECT, run_script
from histories import FILES, draw_population, write_file

SEED = int(os.environ.get("THROUGHLINE_TEST_SEED", "1"))
EVENTS = int(os.environ.get("THROUGHLINE_TEST_EVENTS", "0"))
SAMPLE_EVENTS = 6000
POPULATIONS = 60
KIOSK_EVENTS = (
    *("Page Viewed", "Product Viewed", "Product Added", "Checkout Started"),
    *("Order Completed", "Feature Used", "Signed Up"),
)
GENERATE = PROJECT / "scripts" / "generate_events.py"


def deliver(folder: Path, is_first: bool) -> None:
    """Put into folder/events what a first build finds, or all, as it is at last."""
    events = folder / "events"
    if is_first:
        copy_samples(events)
    write_populations(folder, is_first)
    write_kiosk(events / "kiosk.jsonl", is_first)
    generated = folder / "generated"
    if EVENTS and is_first:
        run_script(GENERATE, "--events", str(EVENTS), "--output", str(generated))
    for number, path in enumerate(sorted(generated.glob("events/*"))):
        if number % 2 == is_first:
            shutil.copy(path, events)
    # Spark does not list files without a byte: docs/spark.md says so.
    for path in events.rglob("*"):
        if path.is_file() and path.stat().st_size == 0:
            path.unlink()


def copy_samples(events: Path) -> None:
    """The bundled sample, and the documented example of each collector."""
    for place in ("seeds/sample_events", "tests/fixtures/collectors"):
        shutil.copytree(PROJECT / place, events, dirs_exist_ok=True)


def write_populations(folder: Path, is_first: bool) -> None:
    """Drawn populations: of their files a third comes late, a third has fewer lines at
    first, and one has other lines than before.
    """
    draw = random.Random(SEED)
    lines = [
        line for number in range(POPULATIONS) for line in draw_population(number, draw)
    ]
    for file in range(FILES):
        if not is_first or file % 3:
            write_file(folder, file, lines, is_early=is_first and file % 3 == 1)
    other = draw_population(POPULATIONS + is_first, draw)
    text = "\n".join(line.text for line in other)
    (folder / "events" / "other.jsonl").write_text(text)


def write_kiosk(path: Path, is_first: bool) -> None:
    """One device that has a twentieth of all events, half of them at first."""
    lines = [*kiosk_lines((EVENTS or SAMPLE_EVENTS) // 19)]
    path.write_text("".join(lines[: len(lines) // 2] if is_first else lines))


def kiosk_lines(count: int) -> Iterator[str]:
    """What it sends day and night; late, somebody logs in on it now and then."""
    begun = datetime(2026, 1, 6, tzinfo=UTC)
    for number in range(count):
        line = {
            "event_id": f"kiosk-{number}",
            "timestamp": (begun + timedelta(seconds=20 * number)).isoformat(),
            "anonymous_id": "kiosk",
            "event": KIOSK_EVENTS[number * number % len(KIOSK_EVENTS)],
            "properties": {"revenue": number % 90, "category": "pots"},
        }
        if number > count // 2 and number % 100 == 0:
            line["user_id"] = f"guest-{number}"
        yield json.dumps(line) + "\n"

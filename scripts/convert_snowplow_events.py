"""Turn a CSV of Snowplow enriched events into analytics-SDK JSON, one object a line.

    uv run python scripts/convert_snowplow_events.py events.csv events.jsonl.gz
    uv run python scripts/convert_snowplow_events.py \\
        snowplow_web_events.csv seeds/sample_events/snowplow_web.jsonl.gz

Empty cells are left out, booleans and numbers typed, times written as ISO 8601 in UTC.
As the SDK does it, a column of contexts or of a self-describing event is named by its
schema's major version alone; contexts are a list of objects, the event is one object.
Rows keep their order, duplicates included. The same input gives the same bytes.
"""

import argparse
import csv
import gzip
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from snowplow_rows import typed

REQUIRED = {"event_id", "event_name", "collector_tstamp"}
MINOR_VERSION = re.compile(r"(_\d+)_\d+_\d+$")


class UnusableInput(Exception):
    """What is wrong with the input and what to do next, as a sentence."""


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path, help="CSV with a header")
    parser.add_argument("target", type=Path, help="a name that ends in .jsonl.gz")
    return parser.parse_args(arguments)


def convert(rows: Iterable[dict[str, str]]) -> Iterator[dict[str, Any]]:
    """Each row as the object that the analytics SDK makes of it."""
    for number, row in enumerate(rows, start=1):
        body = {}
        for column, text in row.items():
            if not text:
                continue
            try:
                body[MINOR_VERSION.sub(r"\1", column)] = typed(column, text)
            except (ValueError, KeyError, IndexError) as problem:
                raise UnusableInput(
                    f"Event {number}, column {column}: {text[:40]!r} is not of the "
                    "column's type. Correct the cell, or leave it empty."
                ) from problem
        yield body


def read_rows(source: Path) -> list[dict[str, str]]:
    try:
        with source.open(encoding="utf-8", newline="") as stream:
            rows = csv.DictReader(stream)
            missing = REQUIRED - set(rows.fieldnames or ())
            if missing:
                raise UnusableInput(
                    f"{source} has no column {', '.join(sorted(missing))}. "
                    "Export the enriched events with their header."
                )
            return list(rows)
    except (UnicodeDecodeError, csv.Error) as problem:
        raise UnusableInput(
            f"{source} is no CSV file in UTF-8 ({problem}). Name an exported one."
        ) from problem
    except OSError as problem:
        raise UnusableInput(
            f"{source} cannot be read ({problem.strerror}). Name an existing CSV file."
        ) from problem


def write_lines(bodies: Iterable[dict[str, Any]], target: Path) -> int:
    count = 0
    with (
        target.open("wb") as stream,
        gzip.GzipFile("", "wb", fileobj=stream, mtime=0) as packed,
    ):
        for body in bodies:
            line = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
            packed.write(line.encode() + b"\n")
            count += 1
    return count


def main(arguments: Sequence[str]) -> int:
    options = parse_arguments(arguments)
    try:
        if not options.target.name.endswith(".jsonl.gz"):
            raise UnusableInput(
                f"{options.target} does not end in .jsonl.gz. Give it such a name."
            )
        bodies = list(convert(read_rows(options.source)))
    except UnusableInput as problem:
        print(problem, file=sys.stderr)
        return 2
    options.target.parent.mkdir(parents=True, exist_ok=True)
    count = write_lines(tqdm(bodies, unit=" events", disable=None), options.target)
    print(f"Wrote {count:,} events to {options.target}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

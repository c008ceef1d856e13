"""Write the tracking plan as JSON Schema (draft 2020-12), one file for each event.

A schema says what an event's properties may be: for contract tests in the app that
sends them, for code generators, for another tool. Properties of every event (`*`) are
in each file, so that each stands alone. Where the policy of unplanned_property is
allow, additionalProperties is true, else false; no other policy is part of a schema.
What JSON Schema has no word for (owner, category, ...) stands under x-throughline.

Examples:
    uv run python scripts/export_tracking_plan.py schemas/
    uv run python scripts/export_tracking_plan.py schemas/ --plan ../app/tracking_plan
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tracking_plan import (
    PLAN_FOLDER,
    Plan,
    UnusablePlan,
    event_schema,
    read_plan,
    snake_case,
)

SUFFIX = ".schema.json"


def file_name(event: str) -> str:
    """Return the name of an event's file: its snake_case, safe on any file system."""
    return (
        "".join(
            letter if letter.isalnum() or letter == "_" else f"%{ord(letter):02X}"
            for letter in snake_case(event)
        )
        + SUFFIX
    )


def schemas_of(plan: Plan) -> dict[str, dict[str, Any]]:
    """Return the schema of each event by the name of its file."""
    return {file_name(event.event): event_schema(plan, event) for event in plan.events}


def stale_files(folder: Path, names: set[str]) -> list[Path]:
    """Return the schemas in a folder that no planned event has."""
    found = sorted(folder.glob(f"*{SUFFIX}"))
    return [path for path in found if path.name not in names]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="where the schemas are written")
    parser.add_argument(
        "--plan", type=Path, default=PLAN_FOLDER, help="the folder of the plan's seeds"
    )
    options = parser.parse_args(arguments)
    try:
        schemas = schemas_of(read_plan(options.plan))
        options.folder.mkdir(parents=True, exist_ok=True)
        for name, schema in schemas.items():
            text = json.dumps(schema, indent=2, ensure_ascii=False)
            (options.folder / name).write_text(f"{text}\n", encoding="utf-8")
    except UnusablePlan as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:
        print(
            f"{problem.filename} cannot be written ({problem.strerror}). Name a folder "
            "that can be.",
            file=sys.stderr,
        )
        return 1
    print(f"Wrote {len(schemas):,} schemas to {options.folder}.")
    for path in stale_files(options.folder, set(schemas)):
        print(f"{path} is of no event in the plan; delete it if it is left over.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

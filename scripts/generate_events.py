"""Write the raw event files of a simulated shop, and the truth about them.

The shop "Fernway" has a web site, an app and a membership. Its people come from
campaigns, browse, sign up, join their devices by signing in, share tablets, buy,
subscribe and stay away; crawlers visit; a checkout experiment raises the probability of
an order within 14 days of the exposure from 20 % to 24 %.

    uv run python scripts/generate_events.py --events 100000 --output build/events_100k
    uv run python scripts/generate_events.py --events 5000000 --output build/events \\
        --formats segment --compression zst --no-faults

OUTPUT/events holds the files, OUTPUT/truth what the simulation knows about them. The
same arguments give the same bytes. Exactly --events different events happen; lines that
deliver one again and lines that must be rejected (about 2 % in all, none with
--no-faults) come on top. The rules behind the expected counts are in
scripts/event_simulation/delivery.py. truth/events.csv (a row per delivery of a real
event) is written up to 200,000 events, and beyond with --event-truth.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tqdm import tqdm

from event_simulation.delivery import SUFFIXES, Delivery, Plan
from event_simulation.story import Simulation
from event_simulation.wire import COLLECTORS

SAMPLE_ARGUMENTS = (
    "--events 6000 --seed 7 --start 2026-01-05 --days 84 "
    "--formats throughline,segment --compression gz"
)
"""The bundled sample: OUTPUT/events of this run is kept in seeds/sample_events,
OUTPUT/truth in tests/fixtures/sample_truth."""

FEWEST_EVENTS, MOST_EVENTS, EVENT_TRUTH_LIMIT = 1_000, 100_000_000, 200_000
SMALLEST_FILE, LARGEST_FILE = 700, 150_000
PARTS_OF_A_DAY = (24, 12, 8, 6, 4, 3, 2, 1)


class UnusableArguments(Exception):
    """What is wrong with the command line and what to do next, as a sentence."""


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> Any:
        raise UnusableArguments(f"{message}. Run with --help to see two examples.")


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = Parser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", required=True, help="1000 to 100000000")
    parser.add_argument("--output", required=True, help="a new or an empty folder")
    parser.add_argument("--seed", default="7", help="a whole number")
    parser.add_argument("--start", default="2026-01-05", help="first day, in UTC")
    parser.add_argument("--days", default="84", help="1 to 730")
    parser.add_argument("--formats", default=",".join(COLLECTORS))
    parser.add_argument("--compression", default="plain", help=", ".join(SUFFIXES))
    parser.add_argument("--no-faults", action="store_true")
    parser.add_argument("--event-truth", action="store_true")
    return parser.parse_args(arguments)


def whole_number(name: str, text: str, lowest: int, highest: int) -> int:
    try:
        number = int(text)
    except ValueError:
        number = lowest - 1
    if not lowest <= number <= highest:
        raise UnusableArguments(
            f"--{name} is {text!r}. Give a whole number from {lowest} to {highest}."
        )
    return number


def first_moment(text: str) -> int:
    """The start of a day as milliseconds since 1970."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        day = datetime.min.replace(tzinfo=UTC)
    if not 1971 <= day.year <= 2200:
        raise UnusableArguments(
            f"--start is {text!r}. Give a day from 1971 on, like 2026-01-05."
        )
    return int(day.timestamp()) * 1000


def collectors_named(text: str) -> tuple[str, ...]:
    names = {name.strip() for name in text.split(",")}
    if not names <= set(COLLECTORS):
        unknown = ", ".join(sorted(names - set(COLLECTORS)))
        raise UnusableArguments(
            f"--formats names {unknown!r}. Give one or both of {','.join(COLLECTORS)}."
        )
    return tuple(name for name in COLLECTORS if name in names)


def hours_per_file(events: int, days: int) -> int:
    """Whole days where events are few, an even part of a day where they are many."""
    a_day = events / days
    if a_day < SMALLEST_FILE:
        return 24 * max(1, min(round(SMALLEST_FILE / a_day), days // 4))
    fitting = (hours for hours in PARTS_OF_A_DAY if a_day * hours / 24 < LARGEST_FILE)
    return next(fitting, 1)


def plan_run(options: argparse.Namespace) -> tuple[Plan, int, int]:
    """The checked arguments: the plan, the number of events and the seed."""
    events = whole_number("events", options.events, FEWEST_EVENTS, MOST_EVENTS)
    days = whole_number("days", options.days, 1, 730)
    seed = whole_number("seed", options.seed, 0, 2**63)
    if options.compression not in SUFFIXES:
        raise UnusableArguments(
            f"--compression is {options.compression!r}. Give plain, gz or zst."
        )
    plan = Plan(
        output=Path(options.output),
        start=first_moment(options.start),
        days=days,
        span_hours=hours_per_file(events, days),
        collectors=collectors_named(options.formats),
        compression=options.compression,
        has_faults=not options.no_faults,
        has_event_truth=options.event_truth or events <= EVENT_TRUTH_LIMIT,
    )
    return plan, events, seed


def prepare_folder(output: Path) -> None:
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise UnusableArguments(
            f"{output} is not an empty folder. Name a new one, or empty it first."
        )
    for name in ("events", "truth"):
        try:
            (output / name).mkdir(parents=True)
        except OSError as problem:
            raise UnusableArguments(
                f"{output} cannot be written ({problem.strerror}). Name another folder."
            ) from problem


def generate(plan: Plan, events: int, seed: int) -> dict[str, Any]:
    """Write all files of a run and return its summary."""
    simulation = Simulation(plan, events, seed, Delivery(plan, seed))
    with tqdm(total=events, unit=" events", unit_scale=True, disable=None) as bar:
        simulation.run(bar.update)
    summary = simulation.finish()
    text = json.dumps(summary, indent=2, ensure_ascii=False) + "\n"
    (plan.output / "truth" / "summary.json").write_text(text, encoding="utf-8")
    return summary


def main(arguments: Sequence[str]) -> int:
    try:
        plan, events, seed = plan_run(parse_arguments(arguments))
        prepare_folder(plan.output)
    except UnusableArguments as problem:
        print(problem, file=sys.stderr)
        return 2
    summary = generate(plan, events, seed)
    print(
        f"Wrote {summary['events']:,} events of {summary['people']:,} people "
        f"to {plan.output / 'events'}; the truth is in {plan.output / 'truth'}."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

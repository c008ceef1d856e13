"""Check raw event files against the tracking plan, before they reach the warehouse.

For the engineer who instruments: says which line of which file breaks the plan, by
which property, what was expected and what was found. Files are NDJSON or one JSON
array, plain, gzip or zstd, of any collector's format. Exits with 1 where anything is
wrong, with 0 where nothing is. Rules whose policy is allow are not asked; values of
properties that are marked as personal (is_pii) are never printed.

Examples:
    uv run python scripts/check_events.py events/2026-01-05.jsonl.gz
    uv run python scripts/check_events.py events/*.jsonl --plan ../plan --examples 1
"""

from __future__ import annotations

import argparse
import difflib
import heapq
import json
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jsonschema.protocols import Validator
from tqdm import tqdm

from mend_event_files import (
    SEPARATOR,
    Line,
    UnreadableBytes,
    decompressed_chunks,
    is_readable_in_place,
    mend,
)
from recognise_events import Event, UnusableEvent, events_in
from tracking_plan import (
    PLAN_FOLDER,
    Plan,
    UnusablePlan,
    event_schema,
    read_plan,
    snake_case,
    validator_of,
)

RULE_OF_KEYWORD = {
    "type": "wrong_type",
    "enum": "not_allowed",
    "pattern": "pattern",
    "minimum": "range",
    "maximum": "range",
    "format": "format",
}
SHOWN_CHARACTERS = 60


@dataclass(frozen=True)
class Violation:
    """A rule of the plan that an event breaks."""

    rule: str
    event: str
    event_name: str
    property: str
    expected: str
    found: str


@dataclass(frozen=True)
class Problem:
    """What is wrong with a line: a broken rule, or why it holds no event."""

    file: str
    line: int
    reason: str
    violation: Violation | None = None
    is_blocked: bool = False

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        if not self.violation:
            return f"{place}: {self.reason}"
        broken = self.violation
        subject = f"event '{broken.event}'"
        if broken.property:
            subject += f", property '{broken.property}'"
        rule = f"{broken.rule} (blocked)" if self.is_blocked else broken.rule
        return (
            f"{place}: {subject}: {rule}: expected {broken.expected}, "
            f"found {broken.found}."
        )


class Checker:
    """Holds events against a plan, whose schemas it compiles once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._validators: dict[str, Validator] = {}
        self._personal: dict[str, set[str]] = {}
        self._deprecated: set[str] = set()
        self._names: dict[str, str] = {}
        for event in plan.events:
            name = snake_case(event.event)
            self._names[name] = event.event
            self._validators[name] = validator_of(event_schema(plan, event))
            planned = plan.properties_of(event.event)
            self._personal[name] = {row.property for row in planned if row.is_pii}
            if event.status == "deprecated":
                self._deprecated.add(name)

    def is_deprecated(self, event: Event) -> bool:
        """Tell whether the plan says that the event should no longer be sent."""
        return event.name in self._deprecated

    def violations(self, event: Event) -> list[Violation]:
        """Return the rules that an event breaks, but those that it may break."""
        return [
            violation
            for violation in self._all_violations(event)
            if self.plan.policy_of(violation.rule) != "allow"
        ]

    def _all_violations(self, event: Event) -> Iterator[Violation]:
        sent = event.source_name or event.name
        if not event.is_page_or_screen:
            for rule, expected in self._name_faults(event):
                yield Violation(rule, sent, event.name, "", expected, shown(sent))
        validator = self._validators.get(event.name)
        if validator is None:
            return
        schema = validator.schema
        broken: dict[tuple[str, str], dict[str, Any]] = {}
        for error in validator.iter_errors(event.properties):
            if error.validator == "required":
                for name in schema["required"]:
                    if name not in event.properties:
                        broken[name, "missing_property"] = schema["properties"][name]
            elif error.validator == "additionalProperties":
                for name in event.properties:
                    if name not in schema["properties"]:
                        broken[name, "unplanned_property"] = schema
            else:
                name = error.absolute_path[0]
                rule = RULE_OF_KEYWORD[error.validator]
                broken[name, rule] = schema["properties"][name]
        for (name, rule), part in broken.items():
            found = "nothing"
            if name in event.properties:
                is_personal = name in self._personal[event.name]
                found = shown(event.properties[name], is_personal)
            expected = expectation(rule, part, name)
            yield Violation(rule, sent, event.name, name, expected, found)

    def _name_faults(self, event: Event) -> Iterator[tuple[str, str]]:
        if event.name not in self._validators:
            meant = _meant(event.name, self._names)
            yield "unplanned_event", f"an event of the plan{meant}"
        conventions = self.plan.conventions
        if conventions and not any(
            re.search(row.pattern, event.source_name, re.ASCII) for row in conventions
        ):
            yield "naming", " or ".join(row.convention for row in conventions)


def expectation(rule: str, schema: dict[str, Any], name: str) -> str:
    """Return in words what a rule expects, from the schema of what breaks it."""
    if rule == "unplanned_property":
        return "a property of the plan" + _meant(name, schema["properties"])
    if rule in ("missing_property", "wrong_type"):
        return schema.get("type", "a value")
    if rule == "not_allowed":
        return "one of " + ", ".join(shown(value) for value in schema["enum"])
    if rule == "range":
        low, high = schema.get("minimum"), schema.get("maximum")
        bounds = [f"at least {low}"] if low is not None else []
        return " and ".join(bounds + ([f"at most {high}"] if high is not None else []))
    return f"{rule} {schema[rule]}"


def _meant(name: str, names: Iterable[str]) -> str:
    """Return the planned name that one may have been meant, as words to add."""
    close = difflib.get_close_matches(name, list(names), n=1)
    return f" (did you mean '{close[0]}'?)" if close else ""


def shown(value: Any, is_personal: bool = False) -> str:
    """Return a value as it is printed: its JSON, cut short, or only of what type."""
    kind = {str: "string", dict: "object", list: "array", bool: "boolean"}.get(
        type(value), "null" if value is None else "number"
    )
    if is_personal:
        return f"a personal {kind}"
    text = json.dumps(value, ensure_ascii=False)
    if len(text) > SHOWN_CHARACTERS:
        text = f"{text[:SHOWN_CHARACTERS]}..."
    return text if value is None else f"{text} ({kind})"


# -- reading --------------------------------------------------------------------------


def read_lines(name: str) -> Iterator[Line]:
    """Yield each line, or element of an array, that holds something, in order."""
    if is_readable_in_place(name):
        for number, line in enumerate(_raw_lines(name), 1):
            if line.strip():
                yield Line(number, line.decode())
        return
    with tempfile.TemporaryDirectory(prefix="throughline-") as folder:
        copy, apart = os.path.join(folder, "mended"), os.path.join(folder, "spooled")
        mend(name, copy, apart)
        with (
            open(copy, encoding="utf-8", newline="\n") as mended,
            open(apart, encoding="utf-8", newline="\n") as spooled,
        ):
            yield from heapq.merge(
                (Line(n, text) for n, text in enumerate(mended, 1) if text.strip()),
                map(_spooled_line, spooled),
                key=lambda line: line.number,
            )


def _raw_lines(name: str) -> Iterator[bytes]:
    rest = b""
    for chunk in decompressed_chunks(name):
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole
    yield rest


def _spooled_line(row: str) -> Line:
    number, reason, detail, text = row.rstrip("\n").split(SEPARATOR, 3)
    return Line(int(number), text, reason, detail)


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number in JSON")


def _first_of_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Of a key that comes twice the first counts, as in the warehouse.
    return dict(reversed(pairs))


def body_of(line: Line) -> Any:
    """Return the JSON value of a line; raises UnusableEvent where there is none."""
    if line.reason:
        raise UnusableEvent(f"{line.reason}: {line.detail}")
    try:
        return json.loads(
            line.text, parse_constant=_no_number, object_pairs_hook=_first_of_each
        )
    except RecursionError as problem:
        raise UnusableEvent("malformed_json: nested too deeply") from problem
    except json.JSONDecodeError as problem:
        place = f"at character {problem.colno}"
        raise UnusableEvent(f"malformed_json: {problem.msg} {place}") from problem
    except ValueError as problem:
        raise UnusableEvent(f"malformed_json: {problem}") from problem


@dataclass
class Summary:
    """What was counted over all files."""

    files: int = 0
    events: int = 0
    events_with_violations: int = 0
    other_messages: int = 0
    problems: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    deprecated: Counter[str] = field(default_factory=Counter)


def check_file(name: str, checker: Checker, summary: Summary) -> Iterator[Problem]:
    """Yield what is wrong in a file, and add to the summary what it holds."""
    summary.files += 1
    try:
        lines = read_lines(name)
        for line in tqdm(lines, name, unit=" lines", disable=None, leave=False):
            yield from _check_line(name, line, checker, summary)
    except IsADirectoryError:
        yield Problem(name, 0, f"is a folder. Name its files, as in {name}/*.jsonl.gz.")
    except UnreadableBytes as problem:
        yield Problem(name, 0, f"{problem.reason}: {problem.detail}")
    except OSError as problem:
        reason = problem.strerror or problem
        yield Problem(name, 0, f"cannot be read ({reason}). Name an existing file.")


def _check_line(
    name: str, line: Line, checker: Checker, summary: Summary
) -> Iterator[Problem]:
    try:
        events = events_in(body_of(line))
    except UnusableEvent as problem:
        yield Problem(name, line.number, f"not an event: {problem}".rstrip(".") + ".")
        return
    summary.events += len(events)
    summary.other_messages += not events
    for event in events:
        if checker.is_deprecated(event):
            summary.deprecated[event.name] += 1
        violations = checker.violations(event)
        summary.events_with_violations += bool(violations)
        for violation in violations:
            is_blocked = checker.plan.policy_of(violation.rule) == "block"
            yield Problem(name, line.number, "", violation, is_blocked)


def report_lines(summary: Summary, examples: int) -> Iterator[str]:
    """Yield the closing summary, the most frequent problem first."""
    yield (
        f"{summary.files:,} files, {summary.events:,} events, of which "
        f"{summary.events_with_violations:,} break the plan; "
        f"{summary.other_messages:,} messages that are no events."
    )
    order = sorted(summary.problems.items(), key=lambda item: (-item[1], item[0]))
    for (rule, event, property_name), count in order:
        subject = ", ".join(filter(None, (event, property_name)))
        more = f" ({examples:,} shown)" if 0 < examples < count else ""
        yield f"{count:>9,}  {rule}{f': {subject}' if subject else ''}{more}"
    for event, count in sorted(summary.deprecated.items()):
        yield f"{count:>9,}  of the deprecated event {event} (no violation)"


def check_files(names: Iterable[str], plan: Plan, examples: int) -> Summary:
    """Print what is wrong in the files, and how often; return what was counted."""
    summary = Summary()
    checker = Checker(plan)
    for name in names:
        for problem in check_file(name, checker, summary):
            broken = problem.violation
            key = ("unusable_line", "mend what writes these", "")
            if broken:
                key = (broken.rule, broken.event_name, broken.property)
            summary.problems[key] += 1
            if not examples or summary.problems[key] <= examples:
                tqdm.write(str(problem), file=sys.stdout)
    for line in report_lines(summary, examples):
        print(line)
    return summary


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", metavar="FILES", help="raw event files")
    parser.add_argument(
        "--plan", type=Path, default=PLAN_FOLDER, help="the folder of the plan's seeds"
    )
    parser.add_argument(
        "--examples",
        type=int,
        default=5,
        help="how many of the same problem are printed; 0 for all (default 5)",
    )
    options = parser.parse_args(arguments)
    # Half a surrogate pair in an event must not end the check.
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        plan = read_plan(options.plan)
    except UnusablePlan as problem:
        print(problem, file=sys.stderr)
        return 1
    try:
        summary = check_files(options.files, plan, options.examples)
    except BrokenPipeError:
        # Whoever reads has seen enough; what is left must not be flushed either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 1 if summary.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

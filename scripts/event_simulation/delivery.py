"""Delivers events as lines of files, with faults, and keeps the account of both.

A line waits until the hour of its receipt is over, so files are in order of receipt and
memory holds the lines of about one hour, plus the few that are delivered days later.

The rules behind `truth/files.csv`:

- landed: the file's non-empty lines; the elements of an array file; 1 for an empty file
- rejected: every line of a kind in REJECTED, the empty file, a torn last line
- duplicate: every further copy of an event id, counted where the further copy lies. A
  later copy lies in a later-sorting file and was never received earlier, so the first
  copy survives by construction. A line without an id repeated in the same file is a
  second event (kept); repeated in a later file it is a duplicate
- kept: landed - rejected - duplicate
"""

import csv
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import IO, Any, NamedTuple, Protocol

import zstandard

from event_simulation.vocabulary import DAY, HOUR, SECOND
from event_simulation.wire import (
    Event,
    has_event_id,
    has_received_at,
    iso,
    line_of,
    normalised_name,
    recoverable_time,
)

SUFFIXES = {"plain": "", "gz": ".gz", "zst": ".zst"}
SPECIAL_SIZE = 40
FAULT_RATE, REPEAT_RATE, EMPTY_LINE_RATE = 0.012, 0.004, 0.001
LATE_RATE, REDELIVERY_RATE = 0.008, 0.006

ALTERED = ("future_timestamp", "missing_ids", "missing_name", "bad_timestamp")
BROKEN = {
    "plain_text": b"502 Bad Gateway",
    "unquoted_keys": b'{event: "Order Completed", user_id: 12}',
    "bare_array": b"[1, 2, 3]",
    "bare_string": b'"heartbeat"',
    "bare_number": b"42",
    "garbage_bytes": b"\xff\xfe\x80\x00\xc3\x28 \xf0\x9f\x8c",
    "unknown_shape": b'{"level": "warn", "message": "disk almost full", "host": "w3"}',
}
REJECTED = (*ALTERED, *BROKEN, "truncated_json", "glued_objects")
# The sender that wrote bytes which are no text was mended after its first faults.
GARBAGE_UNTIL_FAULT = 50


class Plan(NamedTuple):
    """What is written where: decided once from the command line."""

    output: Path
    start: int
    days: int
    span_hours: int
    collectors: tuple[str, ...]
    compression: str
    has_faults: bool
    has_event_truth: bool

    @property
    def end(self) -> int:
        return self.start + self.days * DAY

    def span_of(self, at: int) -> int:
        return (at - self.start) // (self.span_hours * HOUR)


class Delivered(NamedTuple):
    """A line on its way into a file; ordered by receipt."""

    received_at: int
    sequence: int
    line: bytes
    collector: str
    event: Event
    occurred_at: int
    has_id: bool
    is_duplicate: bool
    is_late: bool


class Codec(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self) -> bytes: ...


class _Plain:
    def compress(self, data: bytes, /) -> bytes:
        return data

    def flush(self) -> bytes:
        return b""


def open_codec(compression: str) -> Codec:
    if compression == "gz":
        return zlib.compressobj(5, wbits=31)
    if compression == "zst":
        return zstandard.ZstdCompressor(level=3).compressobj()
    return _Plain()


class EventFile:
    """One file being written, with its counts."""

    def __init__(self, path: Path, codec: Codec, line_end: bytes = b"\n") -> None:
        self.name, self.codec, self.line_end = path.name, codec, line_end
        self.stream = path.open("wb")
        self.chunks: list[bytes] = []
        self.line_count = self.empty_count = self.event_count = 0
        self.duplicate_count = self.rejected_count = 0

    def add(self, line: bytes) -> int:
        """Write a line and return its number."""
        self.chunks.append(line)
        self.chunks.append(self.line_end)
        self.line_count += 1
        if len(self.chunks) >= 512:
            self.drain()
        return self.line_count

    def drain(self) -> None:
        self.stream.write(self.codec.compress(b"".join(self.chunks)))
        self.chunks.clear()

    def close(self) -> tuple[Any, ...]:
        """Finish the file and return its row of files.csv."""
        self.drain()
        self.stream.write(self.codec.flush())
        self.stream.close()
        non_empty = self.line_count - self.empty_count
        return self.row(non_empty, non_empty)

    def row(self, non_empty: int, landed: int) -> tuple[Any, ...]:
        kept = landed - self.duplicate_count - self.rejected_count
        counts = (landed, kept, self.duplicate_count, self.rejected_count)
        return (self.name, non_empty, *counts)


class ArrayFile(EventFile):
    """All events of the file as one pretty-printed JSON array."""

    def add(self, line: bytes) -> int:
        self.chunks.append(line)
        return len(self.chunks)

    def close(self) -> tuple[Any, ...]:
        events = [json.loads(line) for line in self.chunks]
        text = json.dumps(events, indent=2, ensure_ascii=False) + "\n"
        self.stream.write(text.encode())
        self.stream.close()
        return self.row(text.count("\n"), len(events))


class TornFile(EventFile):
    """A gzip file whose upload broke off within its last line."""

    last_line = b""

    def add(self, line: bytes) -> int:
        self.last_line = line
        return super().add(line)

    def close(self) -> tuple[Any, ...]:
        text = self.last_line.decode()
        self.chunks.append(text[: len(text) // 2].encode())
        self.line_count += 1
        self.rejected_count += 1
        self.drain()
        assert isinstance(self.codec, type(zlib.compressobj()))
        self.stream.write(self.codec.flush(zlib.Z_SYNC_FLUSH))
        self.stream.close()
        return self.row(self.line_count, self.line_count)


class Special(NamedTuple):
    """A file of its own kind that takes a few events once its moment has come."""

    kind: str
    collector: str
    at: int


def special_files(plan: Plan) -> list[Special]:
    """The odd files of a run, in order of time."""
    if not plan.has_faults:
        return []
    kinds = ["json_array", "crlf", "byte_order_mark", "truncated_gzip", "empty_file"]
    if plan.compression != "gz":
        kinds.remove("truncated_gzip")
    first, last = plan.collectors[0], plan.collectors[-1]
    return [
        Special(
            kind,
            last if number % 2 else first,
            plan.start + plan.days * (number + 2) // 9 * DAY,
        )
        for number, kind in enumerate(kinds)
    ]


def start_name(at: int, plan: Plan) -> str:
    """A file's first moment: its day, and its hour where a day has several files."""
    hours = f"T{at % DAY // HOUR:02}" if plan.span_hours < 24 else ""
    return iso(at)[:10] + hours


class TruthFile:
    """A CSV file of the truth, written row by row."""

    def __init__(self, path: Path, columns: Iterable[str]) -> None:
        self.stream: IO[str] = path.open("w", encoding="utf-8", newline="")
        self.write = csv.writer(self.stream, lineterminator="\n").writerow
        self.write(columns)


class Delivery:
    """Takes events, writes files."""

    def __init__(self, plan: Plan, seed: int) -> None:
        self.plan = plan
        self.random = Random(f"delivery {seed}")
        self.folder = plan.output / "events"
        self.truth = plan.output / "truth"
        self.pending: defaultdict[int, list[Delivered]] = defaultdict(list)
        self.open_files: dict[str, EventFile] = {}
        self.specials = special_files(plan)
        self.open_specials: dict[str, tuple[Special, EventFile]] = {}
        self.sequence = self.fault_count = 0
        self.span = 0
        self.totals = dict.fromkeys(("landed", "kept", "duplicate", "rejected"), 0)
        counts = [f"expected_{name}" for name in self.totals]
        self.file_rows = self._truth("files", ["file", "non_empty_lines", *counts])
        self.fault_rows = self._truth(
            "faults", ["file", "line_number", "kind", "expected"]
        )
        self.event_rows = None
        if plan.has_event_truth:
            self.event_rows = self._truth(
                "events",
                ["event_id", "file", "human", "event_name", "occurred_at"]
                + ["is_duplicate_delivery", "is_late"],
            )

    def _truth(self, name: str, columns: list[str]) -> TruthFile:
        return TruthFile(self.truth / f"{name}.csv", columns)

    # -- on the way ---------------------------------------------------------------

    def deliver(self, event: Event, collector: str) -> None:
        """Send an event on its way: on time or late, once or twice."""
        random = self.random.random
        style = self.random.getrandbits(26)
        received_at = event.at + 80 + int(random() ** 4 * 5_000)
        chance = random()
        is_late = is_again = False
        if self.plan.has_faults and chance < LATE_RATE + REDELIVERY_RATE:
            later_at = self._later(received_at)
            if later_at is not None:
                is_late = chance < LATE_RATE
                is_again = not is_late
            if is_late:
                received_at = later_at
        line = line_of(event, collector, received_at, style)
        self._post(line, event, collector, received_at, style, False, is_late)
        if is_again:
            is_resent = has_received_at(collector, style) and style >> 11 & 1
            if is_resent and has_event_id(collector, style):
                line = line_of(event, collector, later_at, style)
            self._post(line, event, collector, later_at, style, True, False)

    def _later(self, received_at: int) -> int | None:
        """A moment 1 to 20 days later that falls into a later file of this run."""
        earliest = received_at + DAY
        next_span = self.plan.span_of(received_at) + 1
        next_start = self.plan.start + next_span * self.plan.span_hours * HOUR
        earliest = max(earliest, next_start)
        latest = min(received_at + 20 * DAY, self.plan.end - SECOND)
        if earliest >= latest:
            return None
        return earliest + int(self.random.random() ** 2 * (latest - earliest))

    def _post(
        self,
        line: bytes,
        event: Event,
        collector: str,
        received_at: int,
        style: int,
        is_duplicate: bool,
        is_late: bool,
    ) -> None:
        self.sequence += 1
        moment = min(received_at, self.plan.end - 1)
        self.pending[moment // HOUR].append(
            Delivered(
                received_at,
                self.sequence,
                line,
                collector,
                event,
                recoverable_time(event, collector, style),
                has_event_id(collector, style),
                is_duplicate,
                is_late,
            )
        )

    # -- into files ---------------------------------------------------------------

    def finish_hour(self, hour_at: int) -> None:
        """Write all lines received in the hour that begins at this moment."""
        span = self.plan.span_of(hour_at)
        if span != self.span:
            self._close_span()
            self.span = span
        if self._is_special_due(hour_at):
            self._open_special(self.specials.pop(0))
        for delivered in sorted(self.pending.pop(hour_at // HOUR, ())):
            self._write(delivered)

    def close(self) -> None:
        self._close_span()
        for _, file in list(self.open_specials.values()):
            self._close_file(file)
        for rows in (self.file_rows, self.fault_rows, self.event_rows):
            if rows is not None:
                rows.stream.close()

    def _close_span(self) -> None:
        for collector in sorted(self.open_files):
            self._close_file(self.open_files[collector])
        self.open_files.clear()

    def _close_file(self, file: EventFile) -> None:
        row = file.close()
        if isinstance(file, TornFile):
            self._fault(file, file.line_count, "truncated_gzip", "rejected")
        self.file_rows.write(row)
        for name, count in zip(self.totals, row[2:], strict=True):
            self.totals[name] += count

    def _file_for(self, collector: str) -> EventFile:
        file = self.open_files.get(collector)
        if file is None:
            start = self.plan.start + self.span * self.plan.span_hours * HOUR
            suffix = SUFFIXES[self.plan.compression]
            path = (
                self.folder
                / f"{start_name(start, self.plan)}_{collector}.jsonl{suffix}"
            )
            file = EventFile(path, open_codec(self.plan.compression))
            self.open_files[collector] = file
        return file

    def _is_special_due(self, hour_at: int) -> bool:
        """One odd file at a time per collector, each once its moment has come."""
        due = [special for special in self.specials[:1] if special.at <= hour_at]
        return any(special.collector not in self.open_specials for special in due)

    def _open_special(self, special: Special) -> None:
        stem = f"{iso(special.at)[:10]}_{special.collector}_{special.kind}"
        path = self.folder / f"{stem}.jsonl"
        if special.kind == "empty_file":
            file = EventFile(path, _Plain())
            file.close()
            self._fault(file, 1, special.kind, "rejected")
            self.file_rows.write((file.name, 0, 1, 0, 0, 1))
            self.totals["landed"] += 1
            self.totals["rejected"] += 1
            return
        if special.kind == "json_array":
            file = ArrayFile(path.with_suffix(".json"), _Plain())
        elif special.kind == "truncated_gzip":
            file = TornFile(path.with_suffix(".jsonl.gz"), open_codec("gz"))
        else:
            line_end = b"\r\n" if special.kind == "crlf" else b"\n"
            file = EventFile(path, _Plain(), line_end)
            if special.kind == "byte_order_mark":
                file.stream.write(b"\xef\xbb\xbf")
        self.open_specials[special.collector] = (special, file)

    def _write(self, delivered: Delivered) -> None:
        if not delivered.is_duplicate and delivered.collector in self.open_specials:
            _, file = self.open_specials[delivered.collector]
            self._add(file, delivered)
            file.event_count += 1
            if file.event_count == SPECIAL_SIZE:
                del self.open_specials[delivered.collector]
                self._close_file(file)
            return
        file = self._file_for(delivered.collector)
        if self.plan.has_faults and file.line_count:
            self._maybe_fault(file, delivered)
        self._add(file, delivered, "redelivery" if delivered.is_duplicate else "")
        if self.plan.has_faults and not delivered.is_duplicate:
            self._maybe_repeat(file, delivered)

    def _add(self, file: EventFile, delivered: Delivered, copy: str = "") -> None:
        """Write a line; a copy of an earlier one is named by its kind of fault."""
        number = file.add(delivered.line)
        is_duplicate = copy in ("redelivery", "repeated_line")
        if copy:
            expected = "duplicate" if is_duplicate else "kept"
            self._fault(file, number, copy, expected)
            file.duplicate_count += is_duplicate
        if self.event_rows is not None:
            event = delivered.event
            self.event_rows.write(
                (
                    event.event_id if delivered.has_id else "",
                    file.name,
                    event.person.human,
                    normalised_name(event.kind, event.name),
                    iso(delivered.occurred_at),
                    int(is_duplicate),
                    int(delivered.is_late),
                )
            )

    def _fault(self, file: EventFile, number: int, kind: str, expected: str) -> None:
        self.fault_rows.write((file.name, number, kind, expected))

    def _maybe_repeat(self, file: EventFile, delivered: Delivered) -> None:
        """Write the same line again: a duplicate, unless nothing identifies it."""
        chance = self.random.random()
        if delivered.has_id:
            if chance < REPEAT_RATE:
                self._add(file, delivered, "repeated_line")
        elif delivered.event.name == "Feature Used" and chance < 0.3:
            self._add(file, delivered, "equal_line_without_id")

    def _maybe_fault(self, file: EventFile, delivered: Delivered) -> None:
        """Write a line that must be rejected, or an empty one, before a good line."""
        chance = self.random.random()
        if chance < EMPTY_LINE_RATE:
            number = file.add(b"")
            file.empty_count += 1
            self._fault(file, number, "empty_line", "ignored")
        if chance >= FAULT_RATE or delivered.event.kind != "track":
            return
        kind = REJECTED[self.fault_count % len(REJECTED)]
        if kind == "garbage_bytes" and self.fault_count > GARBAGE_UNTIL_FAULT:
            kind = "plain_text"
        self.fault_count += 1
        number = file.add(faulty_line(kind, delivered, self.fault_count))
        file.rejected_count += 1
        self._fault(file, number, kind, "rejected")


def faulty_line(kind: str, delivered: Delivered, number: int) -> bytes:
    """A line that must be rejected, made from a good one if it resembles an event."""
    line = delivered.line
    if kind in BROKEN:
        return BROKEN[kind]
    if kind == "glued_objects":
        return line + line
    if kind == "truncated_json":
        text = line.decode()
        return text[: len(text) * 3 // 5].encode()
    body = json.loads(line)
    is_segment = delivered.collector == "segment"
    body["messageId" if is_segment else "event_id"] = f"fault-{number:08d}"
    if kind == "missing_ids":
        for key in ("user_id", "anonymous_id", "device_id", "userId", "anonymousId"):
            body.pop(key, None)
    elif kind == "missing_name":
        body.pop("event", None)
        body.pop("event_name", None)
    else:
        is_future = kind == "future_timestamp"
        time = iso(delivered.received_at + 3 * DAY) if is_future else "yesterday"
        body["timestamp"] = time
        if is_segment:
            body["originalTimestamp"] = time
        elif is_future:
            body["received_at"] = iso(delivered.received_at)
    return json.dumps(body, ensure_ascii=False).encode()

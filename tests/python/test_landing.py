"""What becomes of every line of raw files, whole, torn or odd, and of the files.

One folder holds a file per way that files can be; it is built once and each is judged
by itself. Then files come, change and go, build after build.
"""

from __future__ import annotations

import errno
import gzip
import json
import os
import tempfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pytest
import zstandard
from dbt_common.exceptions import DbtRuntimeError

from databases import (
    DATABASE_NAME,
    LANDED,
    Rows,
    build,
    copy_database,
    differences,
    read,
    run_dbt,
)
from load_events import SPOOL_PREFIX, clear_leftovers, find_files
from mend_event_files import mend

LINE_LIMIT = 1 << 24
LANDING = ("--select", "+landed_files")
JUDGED = (*LANDING, "+events", "+rejected_events", "+event_ledger")
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0" + bytes(99)
UNKNOWN = b'{"level": "warn", "host": "w3"}'


@dataclass(frozen=True)
class Case:
    """A raw file: what it holds, and which lines are kept and which rejected why."""

    name: str
    content: bytes
    kept: tuple[str, ...] = ()
    rejected: tuple[tuple[int, str], ...] = ()


def event(name: str, **keys: Any) -> bytes:
    """One event in the project's own format; its id is its name."""
    body = {"event_id": name, "event": "Seen", "anonymous_id": "d1", **keys}
    body.setdefault("timestamp", "2026-01-05T10:00:00Z")
    return json.dumps(body, ensure_ascii=False).encode()


def names(prefix: str, *numbers: int) -> tuple[str, ...]:
    return tuple(f"{prefix}-{number}" for number in numbers)


def lines(prefix: str, *numbers: int, **keys: Any) -> bytes:
    """An event a line."""
    return b"".join(event(name, **keys) + b"\n" for name in names(prefix, *numbers))


def noisy_lines(prefix: str, numbers: Iterable[int]) -> bytes:
    """Events that compress badly, so that their file is of some size."""
    return b"".join(
        event(f"{prefix}-{number}", noise=sha256(b"%d" % number).hexdigest()) + b"\n"
        for number in numbers
    )


def pretty(name: str) -> bytes:
    """An event over six lines."""
    return json.dumps(json.loads(event(name)), indent=2).encode()


def array(*elements: bytes) -> bytes:
    """An array, each element of which begins on a line of its own."""
    return b"[\n" + b",\n".join(elements) + b"\n]\n"


def gzip_blocks(*parts: bytes) -> list[bytes]:
    """A gzip file in pieces, each of which is whole without those after it."""
    codec = zlib.compressobj(9, wbits=31)
    blocks = [codec.compress(part) + codec.flush(zlib.Z_FULL_FLUSH) for part in parts]
    return [*blocks, codec.flush()]


def zstd_blocks(*parts: bytes) -> list[bytes]:
    codec = zstandard.ZstdCompressor().compressobj()
    flush = zstandard.COMPRESSOBJ_FLUSH_BLOCK
    blocks = [codec.compress(part) + codec.flush(flush) for part in parts]
    return [*blocks, codec.flush()]


def zstd(content: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(content)


def flipped(content: bytes) -> bytes:
    return bytes(255 - byte for byte in content)


def torn_case(name: str, content: bytes, readable: bytes) -> Case:
    """A file cut short, of which so much can be read."""
    count = readable.count(b"\n")
    kept = names("torn " + name.rpartition(".")[2], *range(1, count + 1))
    return Case(name, content, kept, ((count + 1, "truncated_file"),))


def torn_gzip() -> Case:
    whole = gzip.compress(noisy_lines("torn gz", range(1, 3001)))
    cut = whole[: len(whole) // 2]
    return torn_case("torn.jsonl.gz", cut, zlib.decompressobj(31).decompress(cut))


def torn_zstd() -> Case:
    parts = [noisy_lines("torn zst", range(n, n + 100)) for n in range(1, 3001, 100)]
    whole = b"".join(zstd_blocks(*parts))
    cut = whole[: len(whole) // 2]
    readable = zstandard.ZstdDecompressor().decompressobj().decompress(cut)
    return torn_case("torn.jsonl.zst", cut, readable)


CASES = (
    Case("plain.jsonl", lines("plain", 1, 2, 3), names("plain", 1, 2, 3)),
    Case("plain.ndjson", lines("ndjson", 1, 2), names("ndjson", 1, 2)),
    Case("lines.json", lines("lines", 1, 2), names("lines", 1, 2)),
    Case("no_newline.jsonl", lines("open", 1, 2)[:-1], names("open", 1, 2)),
    Case("one.jsonl.gz", gzip.compress(lines("gz", 1, 2, 3)), names("gz", 1, 2, 3)),
    Case("open.json.gz", gzip.compress(lines("gz-o", 1, 2)[:-1]), names("gz-o", 1, 2)),
    Case("one.ndjson.zst", zstd(lines("zst", 1, 2, 3)), names("zst", 1, 2, 3)),
    Case(
        # Its members end within lines, and one is empty.
        "members.jsonl.gz",
        b"".join(
            gzip.compress(part)
            for part in (
                lines("members", 1, 2)[:-9],
                lines("members", 1, 2)[-9:] + b"not JSON\n",
                b"",
                lines("members", 4, 5) + UNKNOWN,
            )
        ),
        names("members", 1, 2, 4, 5),
        ((3, "malformed_json"), (6, "unknown_format")),
    ),
    Case(
        "frames.jsonl.zst",
        zstd(lines("frames", 1, 2)[:-9])
        + zstd(lines("frames", 1, 2)[-9:] + b"not JSON\n")
        + zstd(lines("frames", 4, 5) + UNKNOWN),
        names("frames", 1, 2, 4, 5),
        ((3, "malformed_json"), (6, "unknown_format")),
    ),
    Case("gzip_named_plain.jsonl", gzip.compress(lines("gp", 1, 2)), names("gp", 1, 2)),
    Case("plain_named_gzip.jsonl.gz", lines("pg", 1, 2), names("pg", 1, 2)),
    Case("zstd_named_gzip.jsonl.gz", zstd(lines("zg", 1, 2)), names("zg", 1, 2)),
    Case(
        "array.json",
        b"\n[\n"
        + b",\n".join(
            (pretty("array-1"), pretty("array-2"), UNKNOWN, b"42", pretty("array-5"))
        )
        + b"\n]\n",
        names("array", 1, 2, 5),
        ((15, "unknown_format"), (16, "not_an_object")),
    ),
    Case(
        "array_without_line_ends.json",
        b"[" + b",".join((event("flat-1"), UNKNOWN, event("flat-3"))) + b"]",
        names("flat", 1, 3),
        ((1, "unknown_format"),),
    ),
    Case(
        "array.json.gz",
        gzip.compress(b"[" + pretty("gz-array-1") + b",\n[1],\n" + UNKNOWN + b"]"),
        names("gz-array", 1),
        ((7, "not_an_object"), (8, "unknown_format")),
    ),
    Case(
        # Nobody can tell where an element that is not closed ends.
        "array_with_broken_element.json",
        b"[\n" + event("broken-1") + b',{"event": "cut off,\n' + event("broken-3"),
        names("broken", 1),
        ((2, "malformed_json"),),
    ),
    Case(
        # By its brackets, or by the line that begins as it did.
        "array_with_broken_elements.json",
        b"[\n"
        + b",\n".join(
            (
                event("mend-1"),
                b'{"event": "Ev", "user_id": u-1, "properties": {"a": [1, 2]}}',
                event("mend-3"),
                b'{"event": "E\tv"}',
                b'{"event": "E\nv"}',
                event("mend-6"),
                b'{"event": "not closed, "a": [',
                event("mend-8"),
                b"undefined",
                event("mend-10"),
            )
        )
        + b"\n]",
        names("mend", 1, 3, 6, 8, 10),
        tuple((line, "malformed_json") for line in (3, 5, 6, 9, 11)),
    ),
    Case(
        "array_of_others_first.json",
        b'[1, "a", null, [2], ' + event("others-1") + b", " + event("others-2") + b"]",
        names("others", 1, 2),
        ((1, "not_an_object"),) * 4,
    ),
    Case(
        "lines_of_arrays.jsonl",
        b"".join(b"[" + event(name) + b"]\n" for name in names("lists", 1, 2, 3)),
        names("lists", 1, 2, 3),
        (),
    ),
    Case(
        "log.jsonl",
        b"[2026-01-01] started\n[2026-01-02] ended\n",
        (),
        ((1, "malformed_json"), (2, "malformed_json")),
    ),
    Case(
        "array_with_latin_1.json",
        b"[\n"
        + b",\n".join(
            (
                event("latin-array-1"),
                event("latin-array-2", city="Zürich").decode().encode("latin-1"),
                event("latin-array-3"),
            )
        )
        + b"\n]",
        names("latin-array", 1, 3),
        ((3, "invalid_utf8"),),
    ),
    Case(
        "array_and_lines.json",
        b"[\n" + event("both-1") + b"\n]\n" + event("both-4") + b"\n\nnot JSON\n",
        names("both", 1, 4),
        ((6, "malformed_json"),),
    ),
    Case(
        "large_array.json",
        array(*(pretty(name) for name in names("many", *range(1, 3001))), UNKNOWN),
        names("many", *range(1, 3001)),
        ((2 + 3000 * 6, "unknown_format"),),
    ),
    Case(
        "torn_array.json.gz",
        gzip_blocks(array(event("t-1"), event("t-2"), event("t-3"))[:-40])[0],
        names("t", 1, 2),
        ((4, "truncated_file"),),
    ),
    Case(
        "unclosed_array.json",
        b"[\n" + event("un-1"),
        ("un-1",),
        ((2, "malformed_json"),),
    ),
    Case("empty_array.json", b"[]\n", (), ((1, "empty_file"),)),
    Case(
        "crlf.jsonl",
        lines("crlf", 1, 2).replace(b"\n", b"\r\n")
        + b"\r\nnot JSON\r\n"
        + lines("crlf", 5)
        + UNKNOWN
        + b"\r\n"
        + event("crlf-7"),
        names("crlf", 1, 2, 5, 7),
        ((4, "malformed_json"), (6, "unknown_format")),
    ),
    Case(
        "byte_order_mark.jsonl",
        b"\xef\xbb\xbf" + lines("bom", 1, 2) + UNKNOWN,
        names("bom", 1, 2),
        ((3, "unknown_format"),),
    ),
    Case(
        "utf16_little.jsonl",
        (lines("le", 1, 2) + b"not JSON\n").decode().encode("utf-16"),
        names("le", 1, 2),
        ((3, "malformed_json"),),
    ),
    Case(
        "utf16_big.jsonl",
        b"\xfe\xff" + (UNKNOWN + b"\n" + event("be-2")).decode().encode("utf-16-be"),
        names("be", 2),
        ((1, "unknown_format"),),
    ),
    Case(
        "latin_1.jsonl",
        lines("latin", 1, 2)
        + event("latin-3", city="Zürich").decode().encode("latin-1")
        + b"\n"
        + lines("latin", 4, city="Zürich")
        + UNKNOWN,
        names("latin", 1, 2, 4),
        ((3, "invalid_utf8"), (5, "unknown_format")),
    ),
    Case(
        "nul_in_the_middle.jsonl",
        lines("nul", 1)
        + event("nul-2", a="b").replace(b'"b"', b'"\0"')
        + b"\n"
        # A file that was written past its end has a run of them.
        + bytes(5000)
        + b"\n"
        + lines("nul", 4),
        names("nul", 1, 4),
        ((2, "malformed_json"), (3, "malformed_json")),
    ),
    Case(
        # As log rotation by copying leaves it.
        "nul_at_the_start.jsonl",
        bytes(100) + lines("hole", 1, 2, 3),
        names("hole", 2, 3),
        ((1, "malformed_json"),),
    ),
    Case(
        "garbage_first.jsonl",
        b"502 \0\xff\xfe\x80 Gateway\n" + lines("after", 2, 3),
        names("after", 2, 3),
        ((1, "invalid_utf8"),),
    ),
    Case(
        "control_characters.jsonl",
        b"".join(
            event(f"control-{number}", a="b").replace(b'"b"', b'"%c"' % code) + b"\n"
            for number, code in enumerate((9, 1, 31, 98), start=1)
        ),
        names("control", 4),
        tuple((number, "malformed_json") for number in (1, 2, 3)),
    ),
    Case("picture.jsonl", PNG, (), ((1, "binary_file"),)),
    Case("picture.jsonl.gz", gzip.compress(PNG), (), ((1, "binary_file"),)),
    Case("empty.jsonl", b"", (), ((1, "empty_file"),)),
    Case("empty.jsonl.gz", gzip.compress(b""), (), ((1, "empty_file"),)),
    Case("blank.jsonl", b"\n \n\n\t\n", (), ((1, "empty_file"),)),
    Case("blank_crlf.jsonl", b"\r\n\r\n", (), ((1, "empty_file"),)),
    torn_gzip(),
    torn_zstd(),
    Case(
        # Every line is there, but the stream does not end.
        "unfinished.jsonl.gz",
        gzip_blocks(lines("unfinished", 1, 2))[0],
        names("unfinished", 1, 2),
        ((3, "truncated_file"),),
    ),
    Case(
        "damaged.jsonl.gz",
        gzip_blocks(lines("damaged", 1, 2, 3), b"")[0]
        + flipped(gzip_blocks(lines("damaged", 4, 5))[0]),
        names("damaged", 1, 2, 3),
        ((4, "damaged_compression"),),
    ),
    Case(
        "wrong_checksum.jsonl.gz",
        gzip.compress(lines("checksum", 1, 2))[:-8] + bytes(8),
        names("checksum", 1, 2),
        ((3, "damaged_compression"),),
    ),
    Case(
        "garbage_after_gzip.jsonl.gz",
        gzip.compress(lines("trailing", 1, 2)) + b"<html>",
        names("trailing", 1, 2),
        ((3, "damaged_compression"),),
    ),
    Case(
        "damaged.jsonl.zst",
        b"".join(
            zstd_blocks(lines("damaged zst", 1, 2, 3), lines("damaged zst", 4))[:1]
        )
        + b"\xff" * 64,
        names("damaged zst", 1, 2, 3),
        ((4, "damaged_compression"),),
    ),
    Case(
        "malformed.jsonl",
        lines("malformed", 1)
        + event("malformed-2")[:-20]
        + b"\n\n"
        + event("malformed-4") * 2
        + b"\n"
        + lines("malformed", 5)
        + b'<!doctype html>\n"unfinished\n{unquoted: 1}\n \t\n\\.\n'
        + lines("malformed", 11),
        names("malformed", 1, 5, 11),
        tuple((number, "malformed_json") for number in (2, 4, 6, 7, 8, 10)),
    ),
    Case(
        "no_objects.jsonl",
        b'null\n42\n"text"\n[1, 2]\ntrue\n' + lines("object", 6),
        names("object", 6),
        tuple((number, "not_an_object") for number in range(1, 6)),
    ),
    Case(
        # Lines that are equal are numbered each at its own place.
        "unknown_shapes.jsonl",
        UNKNOWN
        + b"\n"
        + lines("unknown", 2)
        + UNKNOWN
        + b"\n\n   "
        + UNKNOWN
        + b"  \n"
        + lines("unknown", 6)
        + UNKNOWN
        + b"\n"
        + event("unknown-8", timestamp="yesterday")
        + b"\n",
        names("unknown", 2, 6),
        (
            *((number, "unknown_format") for number in (1, 3, 5, 7)),
            (8, "invalid_timestamp"),
        ),
    ),
    Case(
        "equal_lines.jsonl",
        b"not JSON\n{}\n" * 3,
        (),
        tuple(
            (number, "malformed_json" if number % 2 else "unknown_format")
            for number in range(1, 7)
        ),
    ),
    Case(
        "escapes.jsonl",
        event("escapes-1", note="a\0b")
        + b"\n"
        # Half of a surrogate pair stands for no character.
        + b'{"event_id": "escapes-2", "event": "Seen", "anonymous_id": "d1", '
        + b'"timestamp": "2026-01-05T10:00:00Z", "note": "\\ud83d"}\n'
        + event("escapes-3", note='quotes " and \\ and , and \t')
        + b"\n",
        names("escapes", 1, 3),
        ((2, "malformed_json"),),
    ),
    Case(
        "odd [1-3] * ? name's é,.jsonl",
        lines("odd", 1) + b"{\n",
        ("odd-1",),
        ((2, "malformed_json"),),
    ),
    Case("odd 2 * ? name's é,.jsonl", lines("odd-other", 1), ("odd-other-1",)),
    Case("nested/deeper/nested.jsonl", lines("nested", 1), ("nested-1",)),
)

# -- files that are large -------------------------------------------------------------

LARGE_COUNT = 45_000
MALFORMED_LINES = (1, 9_999, 20_001, 33_333, 44_999)
UNKNOWN_LINES = (2, 10_000, 20_000, 33_334, 45_000)
BLANK_LINES = (3, 7_000, 20_002, 33_335, 44_998)


def large_file() -> bytes:
    """More than one thread reads, with odd lines at its ends and in its middle."""
    odd = {
        **dict.fromkeys(MALFORMED_LINES, event("large-0")[:-7] + b"\n"),
        **dict.fromkeys(UNKNOWN_LINES, UNKNOWN + b"\n"),
        **dict.fromkeys(BLANK_LINES, b"\n"),
    }
    note = "x" * 400
    return b"".join(
        odd.get(number) or lines("large", number, note=note)
        for number in range(1, LARGE_COUNT + 1)
    )


def line_of(name: str, size: int) -> bytes:
    """An event of so many bytes, its line's end not counted."""
    note = "x" * (size - len(event(name, note="")))
    return event(name, note=note) + b"\n"


def between(prefix: str, line: bytes) -> bytes:
    return lines(prefix, 1) + line + lines(prefix, 3) + UNKNOWN + b"\n"


def large_case(name: str, prefix: str, size: int) -> Case:
    """A line of some size between two good ones and one of unknown shape."""
    content = between(prefix, line_of(f"{prefix}-2", size))
    content = gzip.compress(content) if name.endswith(".gz") else content
    last = (4, "unknown_format")
    if size > LINE_LIMIT:
        return Case(name, content, names(prefix, 1, 3), ((2, "line_too_long"), last))
    return Case(name, content, names(prefix, 1, 2, 3), (last,))


LARGE_SIZES = {"5_megabytes.jsonl": 5_000_000, "17_megabytes.jsonl": 17_000_000}
# These once stopped the whole build, so they are built apart from the others.
PERILOUS_SIZES = {
    "at_the_limit.jsonl": LINE_LIMIT,
    "over_the_limit.jsonl": LINE_LIMIT + 1,
    # Compressed so well that the line is inflated in one go.
    "17_megabytes.jsonl.gz": 17_000_000,
}
PADDED = Case(
    "padded.jsonl.gz",
    gzip.compress(lines("padded", 1, 2)) + bytes(64),
    names("padded", 1, 2),
)

# -- the values that must come through as they are -----------------------------------

NOTE = (
    "👩‍👩‍👧 שלום العربية Zu\u0308rich ﷽ 日本語 𝒳 "
    '[\u2028] [\u2029] [\x85] [\u00a0] [\ufeff] [\x7f] \\ / " \t'
)
NUMBERS = {
    "past_double": "9007199254740993",
    "past_bigint": "18446744073709551617",
    "huge": "123456789012345678901234567890",
    "price": "19.99",
}


OWN = """{"event_id": EVENT_ID, "event": "Seen", "user_id": NUMBER, "order_no": NUMBER,
 "timestamp": "2026-01-05T10:00:00Z", "properties": {NUMBERS}}"""
SEGMENT = """{"messageId": EVENT_ID, "event": "Seen", "userId": NUMBER, "type": "track",
 "receivedAt": "2026-01-05T10:00:00Z", "timestamp": "2026-01-05T10:00:00Z",
 "properties": {"order_no": NUMBER, NUMBERS}}"""


def exact_file(event_id: str, line_end: str) -> bytes:
    """A line of each collector with numbers that a double cannot hold."""
    numbers = ", ".join(f'"{name}": {number}' for name, number in NUMBERS.items())
    text = "".join(line.replace("\n", "") + line_end for line in (OWN, SEGMENT))
    text = text.replace("NUMBERS", numbers).replace("EVENT_ID", event_id)
    return text.replace("NUMBER", NUMBERS["past_double"]).encode()


EXACT_FILES = {
    "exact.jsonl": ("9007199254740993", "\n"),
    "exact_crlf.jsonl": ("18446744073709551617", "\r\n"),
}


UNICODE_FILES = {
    "unicode.jsonl": event("unicode-plain", note=NOTE) + b"\n",
    "unicode_crlf.jsonl": event("unicode-crlf", note=NOTE) + b"\r\n",
    "unicode.json": b"[\n" + event("unicode-array", note=NOTE) + b"\n]",
    "unicode_16.jsonl": event("unicode-16", note=NOTE).decode().encode("utf-16"),
    "unicode_escaped.jsonl": json.dumps(
        json.loads(event("unicode-escaped", note=NOTE)), ensure_ascii=True
    ).encode(),
}

# -- one build of them all ------------------------------------------------------------


@dataclass(frozen=True)
class Landed:
    """The folder of raw files, the database built from it and what the build said."""

    folder: Path
    database: Path
    log: str

    @property
    def events_path(self) -> str:
        """A glob, one that finds its files again, and the folder of them all."""
        return f"{self.folder}/*.jsonl, {self.folder}/?*.jsonl,{self.folder}"

    def name(self, file: str) -> str:
        return str(self.folder / file)

    def rows(self, query: str, *files: str) -> Rows:
        return read(self.database, query, *map(self.name, files))

    def fate(self, file: str) -> tuple[list[str], list[tuple[int, str]]]:
        """The ids that are kept of a file, and the lines rejected with their reason."""
        kept = self.rows("select event_id from events where file_name = ?", file)
        rejected = self.rows(
            "select line_number, reason from rejected_events where file_name = ?", file
        )
        return sorted(row[0] for row in kept), sorted(rejected)


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def land(folder: Path, database: Path) -> Landed:
    """Build a folder of raw files as far as the fate of each line goes."""
    unbuilt = Landed(folder, database, "")
    log = build(*JUDGED, database=database, events_path=unbuilt.events_path)
    return Landed(folder, database, log)


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Landed:
    folder = tmp_path_factory.mktemp("raw_files")
    for case in CASES:
        write(folder / case.name, case.content)
    write(folder / "large.jsonl", large_file())
    for name, size in LARGE_SIZES.items():
        write(folder / name, large_case(name, name, size).content)
    for name, content in UNICODE_FILES.items():
        write(folder / name, content)
    for name, arguments in EXACT_FILES.items():
        write(folder / name, exact_file(*arguments))
    for name in ("README.md", "events.csv", "events.jsonl.bak", "jsonl", "notes.txt"):
        write(folder / name, lines("ignored", 1))
    return land(folder, tmp_path_factory.mktemp("landed") / DATABASE_NAME)


@pytest.fixture(scope="module")
def perilous(tmp_path_factory: pytest.TempPathFactory) -> Landed:
    folder = tmp_path_factory.mktemp("perilous_files")
    for name, size in PERILOUS_SIZES.items():
        write(folder / name, large_case(name, name, size).content)
    write(folder / PADDED.name, PADDED.content)
    return land(folder, tmp_path_factory.mktemp("perilous") / DATABASE_NAME)


def assert_lands(landed: Landed, case: Case) -> None:
    kept, rejected = landed.fate(case.name)
    assert kept == sorted(case.kept)
    assert rejected == sorted(case.rejected)
    ledger = landed.rows(
        "select sum(landed), sum(kept), sum(duplicate), sum(rejected), sum(filtered),"
        " sum(erased) from event_ledger where file_name = ?",
        case.name,
    )
    counts = (len(case.kept), 0, len(case.rejected), 0, 0)
    assert ledger == [(sum(counts), *counts)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_line_of_a_file_is_kept_or_rejected_where_it_stands(
    landed: Landed, case: Case
) -> None:
    assert_lands(landed, case)


@pytest.mark.parametrize("name", LARGE_SIZES)
def test_a_line_is_kept_up_to_the_limit_and_its_neighbours_always(
    landed: Landed, name: str
) -> None:
    assert_lands(landed, large_case(name, name, LARGE_SIZES[name]))


@pytest.mark.parametrize("name", PERILOUS_SIZES)
def test_a_line_about_the_limit_does_not_stop_the_build(
    perilous: Landed, name: str
) -> None:
    assert_lands(perilous, large_case(name, name, PERILOUS_SIZES[name]))


def test_a_gzip_file_padded_with_zeroes_does_not_stop_the_build(
    perilous: Landed,
) -> None:
    assert_lands(perilous, PADDED)


def test_lines_of_a_large_file_are_rejected_where_they_stand(landed: Landed) -> None:
    odd = {*MALFORMED_LINES, *UNKNOWN_LINES, *BLANK_LINES}
    good = [number for number in range(1, LARGE_COUNT + 1) if number not in odd]
    assert_lands(
        landed,
        Case(
            "large.jsonl",
            b"",
            names("large", *good),
            (
                *((number, "malformed_json") for number in MALFORMED_LINES),
                *((number, "unknown_format") for number in UNKNOWN_LINES),
            ),
        ),
    )


def test_torn_cases_are_torn_in_their_middle() -> None:
    for case in (torn_gzip(), torn_zstd()):
        assert 500 < len(case.kept) < 2500


@pytest.mark.parametrize("file", UNICODE_FILES)
def test_characters_come_through_as_they_are(landed: Landed, file: str) -> None:
    query = "select cast(properties as varchar) from events where file_name = ?"
    [(properties,)] = landed.rows(query, file)
    assert json.loads(properties) == {"note": NOTE}


@pytest.mark.parametrize("file", EXACT_FILES)
def test_numbers_come_through_digit_by_digit(landed: Landed, file: str) -> None:
    rows = landed.rows(
        "select collector, event_id, user_id, cast(properties as varchar)"
        " from events where file_name = ? order by collector",
        file,
    )
    number = NUMBERS["past_double"]
    found = [
        (collector, event_id, user_id, json.loads(text, parse_int=str, parse_float=str))
        for collector, event_id, user_id, text in rows
    ]
    assert found == [
        (collector, EXACT_FILES[file][0], number, {**NUMBERS, "order_no": number})
        for collector in ("segment", "throughline")
    ]


def test_a_rejected_line_is_kept_as_it_stands(landed: Landed) -> None:
    query = (
        "select line_number, payload from rejected_events where file_name = ?"
        " order by line_number"
    )
    assert dict(landed.rows(query, "malformed.jsonl")) == {
        number: text.strip()
        for number, text in enumerate(
            (landed.folder / "malformed.jsonl").read_text().split("\n"), start=1
        )
        if number in (2, 4, 6, 7, 8, 10)
    }
    [(_, rest)] = landed.rows(query, "array_with_broken_element.json")
    assert "broken-3" in rest, "what follows a broken element can be replayed"


def test_files_of_another_kind_are_left_alone(landed: Landed) -> None:
    files = {
        *(case.name for case in CASES),
        *LARGE_SIZES,
        *UNICODE_FILES,
        *EXACT_FILES,
        "large.jsonl",
    }
    found = read(landed.database, "select file_name from landing.landed_files")
    assert {row[0] for row in found} == {landed.name(file) for file in files}
    assert len(found) == len(files)
    assert f"of {len(files)} new and 0 changed files" in landed.log


# -- build after build ----------------------------------------------------------------

FATES = """
    select file_name, 'kept' as fate, event_id as place from events
    union all
    select file_name, reason, cast(line_number as varchar) from rejected_events
    order by all
"""


def fates(database: Path) -> dict[str, list[tuple[str, str]]]:
    """Per file the fate of each of its lines."""
    found: dict[str, list[tuple[str, str]]] = {}
    for file, *fate in read(database, FATES):
        found.setdefault(file, []).append(tuple(fate))
    return found


@pytest.fixture(scope="module")
def rerun(landed: Landed, tmp_path_factory: pytest.TempPathFactory) -> Landed:
    """A build of the same files again."""
    database = copy_database(landed.database, tmp_path_factory.mktemp("rerun"))
    return land(landed.folder, database)


@pytest.fixture(scope="module")
def changed(
    landed: Landed, rerun: Landed, tmp_path_factory: pytest.TempPathFactory
) -> Landed:
    """A build after one file was changed, one spoilt, one removed and one added."""
    folder = landed.folder
    plain = folder / "plain.jsonl"
    size, modified_at = plain.stat().st_size, plain.stat().st_mtime
    # As many bytes as before: only the time tells that the file is another.
    plain.write_bytes(lines("plain", 1, 7, 3))
    assert plain.stat().st_size == size
    os.utime(plain, (modified_at + 1, modified_at + 1))
    (folder / "plain.ndjson").write_bytes(b"<html>\nno events here\n")
    (folder / "lines.json").unlink()
    (folder / "added.jsonl").write_bytes(lines("added", 1))
    database = copy_database(rerun.database, tmp_path_factory.mktemp("changed"))
    return land(folder, database)


def test_a_build_without_new_files_lands_nothing(landed: Landed, rerun: Landed) -> None:
    assert "Throughline: nothing to land" in rerun.log
    assert fates(rerun.database) == fates(landed.database)


def test_a_changed_file_replaces_its_own_lines_and_no_others(
    landed: Landed, changed: Landed
) -> None:
    before, after = fates(landed.database), fates(changed.database)
    assert after.pop(changed.name("plain.jsonl")) == [
        ("kept", name) for name in names("plain", 1, 3, 7)
    ]
    assert after.pop(changed.name("plain.ndjson")) == [
        ("malformed_json", "1"),
        ("malformed_json", "2"),
    ]
    assert after.pop(changed.name("added.jsonl")) == [("kept", "added-1")]
    del before[changed.name("plain.jsonl")], before[changed.name("plain.ndjson")]
    # A file that has left the path, lines.json, is among those that stay.
    assert after == before
    assert "landed 6 lines of 1 new and 2 changed files, 2 of them" in changed.log


def test_a_full_refresh_does_not_forget_files_unasked(
    changed: Landed, tmp_path: Path
) -> None:
    database = copy_database(changed.database, tmp_path)
    options = dict(database=database, events_path=changed.events_path)
    result = run_dbt("build", *LANDING, "--full-refresh", **options)
    refused = result.stdout
    assert result.returncode == 1
    named = f"(first: {changed.name('lines.json')})"
    assert f"1 landed files that are no longer on the events path {named}" in refused
    assert "--vars 'forget_missing_files: true'" in refused
    kept = "* exclude (event_key, landed_in)"
    query = f"select {kept} from landing.landed_events order by all"
    before = read(database, query)
    assert before == read(changed.database, query)
    forget = ("--vars", "forget_missing_files: true")
    build(*LANDING, "--full-refresh", *forget, **options)
    missing = changed.name("lines.json")
    file_name = 0
    assert read(database, query) == [row for row in before if row[file_name] != missing]


def test_a_file_whose_lines_were_forgotten_lands_again(tmp_path: Path) -> None:
    """As after a build that was killed before the register of files was reached."""
    events, database = tmp_path / "events", tmp_path / DATABASE_NAME
    for name in ("kept", "lost", "rotated"):
        write(events / f"{name}.jsonl", lines(name, 1, 2))
    build(*LANDING, database=database, events_path=events)
    (events / "rotated.jsonl").unlink()
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            f"delete from {LANDED} where not contains(file_name, 'kept')"
        )
    build(*LANDING, database=database, events_path=events)
    query = f"select parse_filename(file_name), count(*) from {LANDED} group by all"
    assert sorted(read(database, query)) == [("kept.jsonl", 2), ("lost.jsonl", 2)]
    register = "select parse_filename(file_name), line_count from landing.landed_files"
    assert sorted(read(database, register)) == [("kept.jsonl", 2), ("lost.jsonl", 2)]


def test_only_what_killed_builds_left_days_ago_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in (f"{SPOOL_PREFIX}old", f"{SPOOL_PREFIX}new", "throughline-of-a-user"):
        write(tmp_path / name / "lines.spooled", lines("own", 1))
        if not name.endswith("new"):
            os.utime(tmp_path / name, (0, 0))
    clear_leftovers()
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["throughline-of-a-user", f"{SPOOL_PREFIX}new"]


def test_landing_without_a_look_at_the_files_is_refused(tmp_path: Path) -> None:
    """Which files to read the run before has said of itself."""
    database = tmp_path / DATABASE_NAME
    write(tmp_path / "events" / "own.jsonl", lines("own", 1, 2))
    place = {"database": database, "events_path": tmp_path / "events"}
    build(*LANDING, **place)
    for refresh in ((), ("--full-refresh",)):
        result = run_dbt("run", *refresh, "--select", "landed_events", **place)
        assert result.returncode == 1
        assert "select +landed_events, not landed_events alone" in result.stdout
    assert "nothing to land" in build(*LANDING, **place)
    assert read(database, f"select count(*) from {LANDED}") == [(2,)]
    # Nor are files registered that it has listed and nothing has read.
    write(tmp_path / "events" / "own.jsonl", lines("own", 1, 2, 3))
    skipped = ("found_files", "landed_files")
    result = run_dbt("run", "--select", *skipped, **place)
    assert "landed_events of the same run has read" in result.stdout
    build(*LANDING, **place)
    assert read(database, f"select count(*) from {LANDED}") == [(3,)]


def test_the_sample_leaves_when_another_path_is_set(
    sample_database: Path, tmp_path: Path
) -> None:
    write(tmp_path / "own" / "own.jsonl", lines("own", 1, 2))
    database = copy_database(sample_database, tmp_path)
    sample = read(database, "select count(*) from landing.landed_files")[0][0]
    log = build(*LANDING, database=database, events_path=tmp_path / "own")
    assert f"the {sample} sample files were withdrawn" in log
    for table in ("landed_files", "landed_events"):
        files = read(database, f"select distinct file_name from landing.{table}")
        assert files == [(str(tmp_path / "own" / "own.jsonl"),)]


def test_the_sample_leaves_also_after_a_build_that_stopped_halfway(
    tmp_path: Path,
) -> None:
    write(tmp_path / "own" / "own.jsonl", lines("own", 1, 2))
    database = tmp_path / DATABASE_NAME
    # Its lines have landed, but the register of files was not reached any more.
    build("--select", "+landed_events", database=database)
    build(*LANDING, database=database, events_path=tmp_path / "own")
    files = read(database, "select distinct file_name from landing.landed_events")
    assert files == [(str(tmp_path / "own" / "own.jsonl"),)]


def test_a_file_that_goes_before_it_is_registered_stays_landed(tmp_path: Path) -> None:
    """Archives rotate also while a build is killed."""
    database, files = tmp_path / DATABASE_NAME, tmp_path / "own"
    place = {"database": database, "events_path": files}
    write(files / "a.jsonl", lines("own", 1, 2))
    build(*LANDING, **place)
    write(files / "a.jsonl", lines("own", 1, 2, 6, 7))
    write(files / "b.jsonl", lines("own", 3, 4, 5))
    sizes = [(files / name).stat().st_size for name in ("a.jsonl", "b.jsonl")]
    build("--select", "+landed_events", **place)
    for name in ("a.jsonl", "b.jsonl"):
        (files / name).unlink()
    register = (
        "select size_bytes, line_count, event_count from landing.landed_files"
        " order by file_name"
    )
    for _ in range(2):
        assert "nothing to land" in build(*LANDING, **place)
        assert read(database, register) == [(sizes[0], 4, 4), (sizes[1], 3, 3)]


def test_the_sample_does_not_land_among_files_of_ones_own(tmp_path: Path) -> None:
    write(tmp_path / "own" / "own.jsonl", lines("own", 1, 2))
    database = tmp_path / DATABASE_NAME
    build(*LANDING, database=database, events_path=tmp_path / "own")
    result = run_dbt("build", *LANDING, database=database)
    assert result.returncode == 1
    assert "the bundled sample among the 1 files of your own" in result.stdout


def test_a_refresh_that_stopped_halfway_is_made_good(tmp_path: Path) -> None:
    raw = tmp_path / "raw" / "raw.jsonl"
    # Equal lines without an id, which are numbered, beside lines that are rejected.
    same = b'{"event": "Seen", "anonymous_id": "d1", "timestamp": 1767600000}\n'
    write(raw, lines("raw", 1, 2) + same + UNKNOWN + b"\n" + same)
    begun, whole = tmp_path / DATABASE_NAME, tmp_path / "whole" / DATABASE_NAME
    build(*JUDGED, database=begun, events_path=raw)
    whole.parent.mkdir()
    copy_database(begun, whole.parent)
    # What stands of the lines once a refresh has kept them and done nothing else.
    with duckdb.connect(str(begun)) as connection:
        connection.execute(
            "update landing.landed_events set line_number = null, copy_number = 1;"
            "delete from builds.table_states"
            """ where relation like '%."landed_events"'"""
        )
    assert differences(begun, whole).keys() == {LANDED}
    build(*JUDGED, database=begun, events_path=raw)
    assert differences(begun, whole) == {}


def test_a_path_without_files_is_an_error_that_says_what_to_set(tmp_path: Path) -> None:
    result = run_dbt(
        *("build", "--select", "found_files"),
        database=tmp_path / DATABASE_NAME,
        events_path=tmp_path / "missing" / "*.jsonl",
    )
    assert result.returncode == 1
    assert f"No raw event file matches '{tmp_path}/missing/*.jsonl'" in result.stdout
    assert "Set THROUGHLINE_EVENTS_PATH" in result.stdout


# -- the events path ------------------------------------------------------------------


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a few files."""
    for name in ("a/1.jsonl", "a/2.json.gz", "a/b/3.ndjson.zst", "a/no.txt", "c/4.log"):
        write(tmp_path / name, b"{}\n")
    write(tmp_path / "d [x]" / "5.jsonl", b"{}\n")
    (tmp_path / "a" / "again").symlink_to(tmp_path / "a")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("events_path", "found"),
    [
        ("a", ["a/1.jsonl", "a/2.json.gz", "a/b/3.ndjson.zst"]),
        ("./a/", ["a/1.jsonl", "a/2.json.gz", "a/b/3.ndjson.zst"]),
        ("a/*.jsonl", ["a/1.jsonl"]),
        ("a/**/*.zst , a/1.jsonl,,a/*.jsonl", ["a/1.jsonl", "a/b/3.ndjson.zst"]),
        # Who names a file wants it, whatever its suffix.
        ("c/*.log", ["c/4.log"]),
        ("d [x]", ["d [x]/5.jsonl"]),
        ("a/again/*.jsonl", ["a/again/1.jsonl"]),
    ],
)
def test_an_events_path_is_folders_and_globs(
    here: Path, events_path: str, found: list[str]
) -> None:
    assert [file.file_name for file in find_files(events_path, [])] == found


def test_an_events_path_without_a_glob_is_refused(here: Path) -> None:
    """As when what it is put together from is not set."""
    with pytest.raises(DbtRuntimeError, match="is ' , ', which names no file"):
        find_files(" , ", [])


def test_an_events_path_that_says_nothing_is_refused(tmp_path: Path) -> None:
    """What was to be set to something must not land the sample."""
    place = {"database": tmp_path / DATABASE_NAME, "events_path": ""}
    result = run_dbt("build", *LANDING, **place)
    assert result.returncode != 0
    assert "THROUGHLINE_EVENTS_PATH is '', which names no file" in result.stdout


def test_a_folder_that_cannot_be_listed_is_refused(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_folder = os.scandir

    def refuse(folder: str) -> Any:
        if str(folder).endswith("b"):
            raise PermissionError(errno.EACCES, "Permission denied", folder)
        return list_folder(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(DbtRuntimeError, match="'a/b' .* cannot be listed .Permission"):
        find_files("a", [])


def test_a_file_that_cannot_be_read_is_tried_again(tmp_path: Path) -> None:
    """Here one whose first byte is an error, whoever reads it."""
    raw = tmp_path / "raw"
    write(raw / "good.jsonl", event("good"))
    (raw / "closed.jsonl").symlink_to("/proc/self/mem")
    place = {"database": tmp_path / DATABASE_NAME, "events_path": raw}
    rejected = "select reason, detail from rejected_events"
    for _ in range(2):
        build(*JUDGED, **place)
        assert read(place["database"], "select event_id from events") == [("good",)]
        [(reason, detail)] = read(place["database"], rejected)
        assert reason == "unreadable_file"
        assert "cannot be read (Input/output error); the next build tries" in detail
    (raw / "closed.jsonl").unlink()
    write(raw / "closed.jsonl", event("open"))
    build(*JUDGED, **place)
    assert read(place["database"], rejected) == []


def test_a_name_that_is_not_utf8_is_shown_and_read(here: Path) -> None:
    write(Path(os.fsdecode(b"e/lat\xe9.jsonl")), b"{}\n")
    [file] = find_files("e", [])
    assert file.file_name == r"e/lat\xe9.jsonl"
    assert Path(file.path).read_bytes() == b"{}\n"


def test_rows_of_tabs_are_read_whatever_they_hold(tmp_path: Path) -> None:
    deep = '{"data":' * 5000 + "1" + "}" * 5000
    rows = [
        b"event_id\tcollector_tstamp\tcaf\xe9\tcontexts\ttr_total\tse_value",
        b"a\t2026-01-02 03:04:05\tx\t" + b"[" * 100_000 + b"\t1_000\tNaN",
        b"b\t2026-01-02 03:04:05\tx\t" + deep.encode() + b"\t7\t1e999",
        b'c\t2026-01-02 03:04:05\tx\t{"data": [NaN]}\t7.5\t-1e2',
    ]
    (tmp_path / "rows.tsv").write_bytes(b"\n".join(rows) + b"\n")
    mended, spooled = tmp_path / "mended", tmp_path / "spooled"
    mend(str(tmp_path / "rows.tsv"), str(mended), str(spooled))
    first, *bodies = mended.read_text().splitlines()
    assert first == ""
    read_rows = [
        json.loads(body, parse_constant=pytest.fail) for body in bodies if body
    ]
    assert [(row["event_id"], row["tr_total"]) for row in read_rows] == [
        ("a", "1_000"),
        ("b", 7),
        ("c", 7.5),
    ]
    assert [row["se_value"] for row in read_rows] == ["NaN", "1e999", -100]
    assert read_rows[2]["contexts"] == '{"data": [NaN]}'
    [header] = spooled.read_text().splitlines()
    assert "invalid_utf8" in header


def test_a_glob_may_be_empty_once_its_files_have_landed(here: Path) -> None:
    assert find_files("c/2025-*.jsonl", ["c/2025-01.jsonl"]) == []
    with pytest.raises(DbtRuntimeError, match="No raw event file matches 'c/2025-"):
        find_files("c/2025-*.jsonl", ["a/1.jsonl"])
    with pytest.raises(DbtRuntimeError, match="matches 'nowhere'"):
        find_files("a, nowhere", [])

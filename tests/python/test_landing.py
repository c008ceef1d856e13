"""What becomes of every line of raw files, whole, torn or odd, and of the files.

One folder holds a file per way that files can be; it is built once and each is judged
by itself. Then files come, change and go, build after build.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import zstandard
from dbt_common.exceptions import DbtRuntimeError

from databases import DATABASE_NAME, Rows, build, copy_database, read, run_dbt
from load_events import find_files

LINE_LIMIT = 1 << 24
LANDING = ("--select", "+landed_files")
JUDGED = ("--select", "+events", "+rejected_events", "+event_ledger")
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


def gzip_blocks(*parts: bytes, is_finished: bool = True) -> list[bytes]:
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
        # Its members end within lines; one is empty, and zeroes pad the end.
        "members.jsonl.gz",
        b"".join(
            gzip.compress(part)
            for part in (
                lines("members", 1, 2)[:-9],
                lines("members", 1, 2)[-9:] + b"not JSON\n",
                b"",
                lines("members", 4, 5) + UNKNOWN,
            )
        )
        + bytes(64),
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
        b"[\n" + event("broken-1") + b',\n{"event": "cut off,\n' + event("broken-3"),
        names("broken", 1),
        ((3, "malformed_json"),),
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
    Case("unclosed_array.json", b"[\n" + event("un-1"), ("un-1",), ((2, "malformed_json"),)),
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
        lines("nul", 1) + event("nul-2", a="b").replace(b'"b"', b'"\0"') + b"\n"
        # A file that was written past its end has a run of them.
        + bytes(5000) + b"\n" + lines("nul", 4),
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
        b"".join(zstd_blocks(lines("damaged zst", 1, 2, 3), lines("damaged zst", 4))[:1])
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
        (*((number, "unknown_format") for number in (1, 3, 5, 7)), (8, "invalid_timestamp")),
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
        event("escapes-1", note="a\0b") + b"\n"
        # Half of a surrogate pair stands for no character.
        + b'{"event_id": "escapes-2", "event": "Seen", "anonymous_id": "d1", '
        + b'"timestamp": "2026-01-05T10:00:00Z", "note": "\\ud83d"}\n'
        + event("escapes-3", note='quotes " and \\ and , and \t') + b"\n",
        names("escapes", 1, 3),
        ((2, "malformed_json"),),
    ),
    Case("odd [1-3] * ? name's é,.jsonl", lines("odd", 1) + b"{\n", ("odd-1",), ((2, "malformed_json"),)),
    Case("odd 2 * ? name's é,.jsonl", lines("odd-other", 1), ("odd-other-1",)),
    Case("nested/deeper/nested.jsonl", lines("nested", 1), ("nested-1",)),
)  # fmt: skip

"""Find the raw event files of a build and make each of them readable.

This is a dbt-duckdb plugin: `dbt build` calls it once, for the source
`raw_events.files`. It lists the files under the events path, tells new and
changed ones from those already landed, and looks through each new file. A file
that DuckDB can read line by line is left where it is. Any other (an array, a
torn or mislabelled archive, another encoding, CRLF line ends, a byte-order mark)
is copied line by line into a temporary file that carries the line numbers, so
that what can be read is read and the rest is rejected with file, line and reason.

It judges bytes, never events: what a line means is the models' business.
"""

from __future__ import annotations

import codecs
import glob
import json
import os
import re
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd
import zstandard
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt.adapters.duckdb.utils import SourceConfig
from dbt.adapters.events.logging import AdapterLogger
from dbt.flags import get_flags
from dbt_common.exceptions import DbtRuntimeError
from duckdb import DuckDBPyConnection

SAMPLE_FOLDER = "seeds/sample_events"
SUFFIXES = tuple(
    f"{suffix}{compression}"
    for suffix in (".json", ".jsonl", ".ndjson")
    for compression in ("", ".gz", ".zst")
)
CHUNK_BYTES = 1 << 20
LINE_BYTES_LIMIT = 16 * CHUNK_BYTES
KEPT_PAYLOAD_CHARACTERS = 1 << 20
# Separates the columns of a spooled line. Raw control characters are not allowed
# anywhere in JSON, so a line that holds one is malformed whatever else it says.
SEPARATOR = "\x01"

GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
# UTF-32 first: its little-endian mark begins like that of UTF-16.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
RAW_CONTROL_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
ARRAY_OF_OBJECTS = re.compile(rb"\s*\[\s*[{\]]")


class UnreadableBytes(Exception):
    """The file cannot be read further: `reason` is a code of rejected_events."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class EventFile:
    """One raw file: its path, its size in bytes and when it was last modified."""

    file_name: str
    size_bytes: int
    modified_at: datetime
    is_sample: bool


@dataclass(frozen=True)
class Line:
    """One line, or one element of an array: text, or the reason why there is none."""

    number: int
    text: str
    reason: str = ""
    detail: str = ""


def find_files(events_path: str, landed_names: Iterable[str]) -> list[EventFile]:
    """Return the files that the comma-separated globs name, in order of their name.

    A folder stands for every event file below it. A glob that matches neither a
    file nor a landed file (archives rotate) is an error that says what to set.
    """
    landed_names = list(landed_names)
    found: dict[str, EventFile] = {}
    for pattern in filter(None, (part.strip() for part in events_path.split(","))):
        names = _matching_names(pattern)
        if not names and not _matches_landed(pattern, landed_names):
            raise DbtRuntimeError(
                f"No raw event file matches '{pattern}' (looked from {os.getcwd()}). "
                "Set THROUGHLINE_EVENTS_PATH to one or more globs of .json, .jsonl or "
                ".ndjson files (plain, .gz or .zst), separated by commas, for example "
                "'events/*.jsonl.gz'; unset it to use the bundled sample."
            )
        for name in names:
            found[name] = _describe(name)
    return [found[name] for name in sorted(found)]


def _matching_names(pattern: str) -> list[str]:
    if os.path.isdir(pattern):
        pattern = os.path.join(pattern, "**", "*")
        names = [n for n in glob.glob(pattern, recursive=True) if n.endswith(SUFFIXES)]
    else:
        names = glob.glob(pattern, recursive=True)
    return [os.path.normpath(name) for name in names if os.path.isfile(name)]


def _matches_landed(pattern: str, landed_names: list[str]) -> bool:
    fixed_part = os.path.normpath(glob.escape(pattern).split("[")[0])
    return os.path.isdir(os.path.dirname(fixed_part) or ".") and any(
        name.startswith(fixed_part) for name in landed_names
    )


def _describe(name: str) -> EventFile:
    status = os.stat(name)
    modified_at = datetime.fromtimestamp(status.st_mtime_ns // 1000 / 1e6, tz=UTC)
    is_sample = Path(SAMPLE_FOLDER).resolve() in Path(name).resolve().parents
    return EventFile(name, status.st_size, modified_at.replace(tzinfo=None), is_sample)


def decompressed_chunks(name: str) -> Iterator[bytes]:
    """Yield a file's bytes, decompressed by what it holds, whatever its suffix says.

    Raises UnreadableBytes where a compressed stream is torn or damaged; what came
    before has been yielded by then.
    """
    with open(name, "rb") as raw:
        magic = raw.read(4)
        raw.seek(0)
        if magic.startswith(GZIP_MAGIC):
            yield from _inflated(raw, lambda: zlib.decompressobj(wbits=31))
        elif magic == ZSTD_MAGIC:
            yield from _inflated(raw, zstandard.ZstdDecompressor().decompressobj)
        else:
            while chunk := raw.read(CHUNK_BYTES):
                yield chunk


def _inflated(raw: BinaryIO, new_decompressor: Callable[[], Any]) -> Iterator[bytes]:
    decompressor = new_decompressor()
    try:
        while chunk := raw.read(CHUNK_BYTES // 8):
            # Archives may be several compressed streams one after the other, and
            # may be padded with zero bytes.
            while chunk and not (decompressor.eof and not chunk.strip(b"\0")):
                if decompressor.eof:
                    decompressor = new_decompressor()
                yield decompressor.decompress(chunk)
                chunk = decompressor.unused_data if decompressor.eof else b""
    except (zlib.error, zstandard.ZstdError) as error:
        detail = f"The compressed data is damaged ({error}); send the file again."
        raise UnreadableBytes("damaged_compression", detail) from error
    if not decompressor.eof:
        detail = "The compressed file breaks off before its end; send it again."
        raise UnreadableBytes("truncated_file", detail)


def is_readable_in_place(name: str) -> bool:
    """Tell whether DuckDB's line reader reads the file and numbers its lines rightly.

    It must be UTF-8 without byte-order mark, LF line ends, no raw control
    characters, no line over LINE_BYTES_LIMIT, not an array, not empty, and
    compressed just as its suffix says.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    line_bytes = 0
    is_first = True
    has_content = False
    if not _suffix_tells_compression(name):
        return False
    try:
        for chunk in decompressed_chunks(name):
            if is_first and chunk:
                is_first = False
                if chunk.startswith(codecs.BOM_UTF8) or chunk.lstrip()[:1] == b"[":
                    return False
            if b"\r" in chunk or b"\x01" in chunk or b"\0" in chunk:
                return False
            decoder.decode(chunk)
            line_end = chunk.find(b"\n")
            if line_end < 0:
                line_bytes += len(chunk)
            elif line_bytes + line_end <= LINE_BYTES_LIMIT:
                line_bytes = len(chunk) - chunk.rfind(b"\n") - 1
            if line_bytes > LINE_BYTES_LIMIT:
                return False
            has_content = has_content or not chunk.isspace()
        decoder.decode(b"", final=True)
    except (UnicodeDecodeError, UnreadableBytes):
        return False
    return has_content


def _suffix_tells_compression(name: str) -> bool:
    with open(name, "rb") as raw:
        magic = raw.read(4)
    return name.endswith(".gz") == magic.startswith(GZIP_MAGIC) and (
        name.endswith(".zst") == (magic == ZSTD_MAGIC)
    )


def read_lines(name: str) -> Iterator[Line]:
    """Yield the lines of any file, or the elements of an array file.

    Blank lines are counted and left out. What cannot be read comes as a line with
    a reason, at the place where reading stopped; nothing is raised.
    """
    number = 0
    try:
        chunks = _as_utf8(decompressed_chunks(name))
        first = next(chunks, b"")
        while len(first) < 8192 and (chunk := next(chunks, b"")):
            first += chunk
        chunks = _chain(first, chunks)
        if first.strip()[:1] not in (b"{", b"[", b"") and b"\0" in first[:8192]:
            raise UnreadableBytes(
                "binary_file", "The file holds binary data, not lines of JSON."
            )
        reader = _array_elements if ARRAY_OF_OBJECTS.match(first) else _text_lines
        for line in reader(chunks):
            number = line.number
            yield line
    except UnreadableBytes as fault:
        yield Line(number + 1, "", fault.reason, fault.detail)
    else:
        if number == 0:
            yield Line(1, "", "empty_file", "The file holds no event.")


def _as_utf8(chunks: Iterator[bytes]) -> Iterator[bytes]:
    first = next(chunks, b"")
    while len(first) < 4 and (chunk := next(chunks, b"")):
        first += chunk
    for mark, encoding in BYTE_ORDER_MARKS:
        if first.startswith(mark):
            if encoding == "utf-8-sig":
                yield first[len(mark) :]
                yield from chunks
                return
            decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
            for chunk in _chain(first, chunks):
                yield decoder.decode(chunk).encode("utf-8", errors="replace")
            return
    yield first
    yield from chunks


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _text_lines(chunks: Iterator[bytes], first_number: int = 1) -> Iterator[Line]:
    number = first_number
    rest = b""
    try:
        for chunk in chunks:
            *whole, rest = (rest + chunk).split(b"\n")
            for raw_line in whole:
                if raw_line.strip():
                    yield _judged_line(number, raw_line)
                number += 1
            if len(rest) > LINE_BYTES_LIMIT:
                # Keep only as much as tells that it is too long.
                rest = rest[: LINE_BYTES_LIMIT + 1]
    except UnreadableBytes as fault:
        text = _printable(rest.decode("utf-8", errors="replace"))
        yield Line(number, text, fault.reason, fault.detail)
        return
    if rest.strip():
        yield _judged_line(number, rest)


def _judged_line(number: int, raw_line: bytes) -> Line:
    if len(raw_line) > LINE_BYTES_LIMIT:
        text = _printable(raw_line.decode("utf-8", errors="replace"))
        limit = f"{LINE_BYTES_LIMIT:,} bytes"
        return Line(number, text, "line_too_long", f"The line is longer than {limit}.")
    try:
        text = raw_line.decode("utf-8").strip()
    except UnicodeDecodeError as error:
        text = _printable(raw_line.decode("utf-8", errors="replace"))
        detail = f"Byte {error.start + 1} of the line is not UTF-8 ({error.reason})."
        return Line(number, text, "invalid_utf8", detail)
    if control := RAW_CONTROL_CHARACTER.search(text):
        detail = f"A raw control character at position {control.start() + 1}."
        return Line(number, _printable(text), "malformed_json", detail)
    return Line(number, text.replace("\r", " "))


def _printable(text: str) -> str:
    text = RAW_CONTROL_CHARACTER.sub("\ufffd", text[:KEPT_PAYLOAD_CHARACTERS])
    return text.replace("\n", " ").replace("\r", " ").strip()


def _array_elements(chunks: Iterator[bytes]) -> Iterator[Line]:
    """Yield the elements of a JSON array, each with the line on which it begins.

    What follows the array is read line by line. An element that cannot be read
    ends the array: what stands after it is one rejected line.
    """
    decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
    scanner = json.JSONDecoder()
    text = ""
    number = 1
    is_ended = False
    wanted = CHUNK_BYTES

    def refill() -> None:
        nonlocal text, is_ended
        while len(text) < wanted and not is_ended:
            chunk = next(chunks, None)
            is_ended = chunk is None
            text += decoder.decode(chunk or b"", final=is_ended)

    try:
        refill()
        between = re.compile(r"[\s\[]*")
        while True:
            skipped = between.match(text).group()
            number += skipped.count("\n")
            text = text[len(skipped) :]
            between = re.compile(r"[\s,]*")
            if not text and not is_ended:
                refill()
                continue
            if text.startswith("]"):
                rest = _chain(text[1:].encode("utf-8", "surrogateescape"), chunks)
                yield from _text_lines(rest, number)
                return
            try:
                end = scanner.raw_decode(text)[1]
            except (ValueError, RecursionError) as error:
                if is_ended or len(text) > LINE_BYTES_LIMIT:
                    detail = f"The array cannot be read from here on: {error}."
                    yield Line(
                        number, _printable(_clean(text)), "malformed_json", detail
                    )
                    return
                wanted = 2 * max(len(text), CHUNK_BYTES)
                refill()
                continue
            yield _judged_line(
                number,
                re.sub(r"\s*\n\s*", " ", text[:end]).encode("utf-8", "surrogateescape"),
            )
            number += text.count("\n", 0, end)
            text = text[end:]
            wanted = CHUNK_BYTES
            if len(text) < CHUNK_BYTES // 2:
                refill()
    except UnreadableBytes as fault:
        yield Line(number, _printable(_clean(text)), fault.reason, fault.detail)


def _clean(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def spool(name: str, spooled_name: str) -> None:
    """Write a file's lines as number, reason, detail and text, a line each."""
    with open(spooled_name, "w", encoding="utf-8", newline="\n") as spooled:
        for line in read_lines(name):
            columns = (str(line.number), line.reason, line.detail, line.text)
            spooled.write(SEPARATOR.join(columns) + "\n")


class Plugin(BasePlugin):
    """The source `raw_events.files`: one row per file that this build knows of.

    Columns: file_name, size_bytes, modified_at, is_sample, status (new, changed,
    unchanged, withdrawn), read_from (the file or its spooled copy; null unless new
    or changed), is_spooled.
    """

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        self._connection: DuckDBPyConnection | None = None
        self._spool_folder = tempfile.TemporaryDirectory(prefix="throughline-")

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        self._connection = conn

    def load(self, source_config: SourceConfig) -> pd.DataFrame:
        events_path = source_config.get("events_path") or SAMPLE_FOLDER
        landed = self._landed_files()
        found = find_files(events_path, landed)
        rows = self._judged_files(found, landed)
        withdrawn = self._withdrawn_files(found, landed)
        if get_flags().FULL_REFRESH and not source_config.get("forget_missing_files"):
            _refuse_to_forget(set(landed) - {file.file_name for file in found}, landed)
        columns = {
            "file_name": "str",
            "size_bytes": "int64",
            "modified_at": "datetime64[us]",
            "is_sample": "bool",
            "status": "str",
            "read_from": "str",
            "is_spooled": "bool",
        }
        # Two empty files, so that neither list of files to read is ever empty.
        for is_spooled in (False, True):
            empty = Path(self._spool_folder.name, f"empty_{is_spooled}.jsonl")
            empty.touch()
            moment = datetime(1970, 1, 1)
            rows.append(("", 0, moment, False, "none", str(empty), is_spooled))
        frame = pd.DataFrame(rows + withdrawn, columns=list(columns))
        return frame.astype(columns)

    def _landed_files(self) -> dict[str, EventFile]:
        assert self._connection is not None
        cursor = self._connection.cursor()
        is_there = cursor.execute(
            "select count(*) from information_schema.tables"
            " where table_schema = 'landing' and table_name = 'landed_files'"
        ).fetchall()[0][0]
        if not is_there:
            return {}
        rows = cursor.execute(
            "select file_name, size_bytes, modified_at, is_sample"
            " from landing.landed_files"
        ).fetchall()
        return {row[0]: EventFile(*row) for row in rows}

    def _judged_files(
        self, found: list[EventFile], landed: dict[str, EventFile]
    ) -> list[tuple[Any, ...]]:
        is_full_refresh = get_flags().FULL_REFRESH
        to_read = [f for f in found if is_full_refresh or landed.get(f.file_name) != f]
        if to_read:
            megabytes = sum(file.size_bytes for file in to_read) / 1e6
            AdapterLogger("Throughline").info(
                f"Looking through {len(to_read):,} raw files ({megabytes:,.1f} MB)"
            )
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            sources = dict(zip(to_read, pool.map(self._readable, to_read), strict=True))
        rows = []
        for file in found:
            read_from = sources.get(file)
            status = "new" if file.file_name not in landed else "changed"
            status = status if read_from else "unchanged"
            is_spooled = bool(read_from) and read_from != file.file_name
            rows.append((*_as_row(file), status, read_from, is_spooled))
        return rows

    def _readable(self, file: EventFile) -> str:
        # A name with wildcard characters would be taken for a glob.
        is_plain_name = glob.escape(file.file_name) == file.file_name
        if is_plain_name and is_readable_in_place(file.file_name):
            return file.file_name
        name = f"{abs(hash(file))}_{os.path.basename(file.file_name)}.spooled"
        spooled_name = os.path.join(self._spool_folder.name, name)
        spool(file.file_name, spooled_name)
        return spooled_name

    def _withdrawn_files(
        self, found: list[EventFile], landed: dict[str, EventFile]
    ) -> list[tuple[Any, ...]]:
        found_names = {file.file_name for file in found}
        return [
            (*_as_row(file), "withdrawn", None, False)
            for file in landed.values()
            if file.is_sample and file.file_name not in found_names
        ]


def _as_row(file: EventFile) -> tuple[Any, ...]:
    return (file.file_name, file.size_bytes, file.modified_at, file.is_sample)


def _refuse_to_forget(missing: set[str], landed: dict[str, EventFile]) -> None:
    missing = {name for name in missing if not landed[name].is_sample}
    if missing:
        raise DbtRuntimeError(
            f"A full refresh would drop the lines of {len(missing)} landed files that "
            f"are no longer on the events path (first: {min(missing)}). Put them back, "
            "or drop them knowingly with --vars 'forget_missing_files: true'."
        )

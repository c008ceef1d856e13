"""Look at raw event files and make readable copies of those that need it.

DuckDB reads a file line by line where it lies if is_readable_in_place says so. Any
other (a torn or mislabelled archive, another encoding, CRLF line ends, a byte-order
mark, bytes that are no text) is mended: a copy keeps every readable line at its
number and a blank line in place of every other, and what was unreadable is written
apart with its number and the reason. The elements of an array are written apart too.
The rows of Snowplow's enriched events, tab-separated below a header, become the JSON
of its analytics SDK.

It judges bytes, never events: what a line means is the models' business.
"""

from __future__ import annotations

import codecs
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import zstandard

from snowplow_rows import is_header, row_as_object

# Small enough to stay in the processor's cache while it is looked through.
CHUNK_BYTES = 1 << 16
LINE_BYTES_LIMIT = 1 << 24
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
LINE_OF_JSON = re.compile(rb"(^|\n)\s*[{\[]")
# What its first element is, if it is no object, must have others after it: lines of a
# log begin with a bracket too.
ARRAY = re.compile(
    rb"""\s*\[\s*([{\]]|(null|true|false|[-+.\deE]+|"([^"\\]|\\.)*"|\[[^\[\]]*\])\s*,)"""
)
ELEMENT_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|["{}\[\],]', re.DOTALL)


class UnreadableBytes(Exception):
    """The file cannot be read further: `reason` is a code of rejected_events."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.text = ""


@dataclass(frozen=True)
class Line:
    """One line, or one element of an array: text, or the reason why there is none."""

    number: int
    text: str
    reason: str = ""
    detail: str = ""


def decompressed_chunks(name: str, is_strict: bool = False) -> Iterator[bytes]:
    """Yield a file's bytes, decompressed by what it holds, whatever its suffix says.

    Raises UnreadableBytes where a compressed stream is torn or damaged; what came
    before has been yielded by then. If strict, anything after the first compressed
    stream is a fault: not every reader goes on there.
    """
    with open(name, "rb") as raw:
        magic = raw.read(4)
        raw.seek(0)
        if magic.startswith(GZIP_MAGIC):
            yield from _inflated(raw, lambda: zlib.decompressobj(wbits=31), is_strict)
        elif magic == ZSTD_MAGIC:
            new_decompressor = zstandard.ZstdDecompressor().decompressobj
            yield from _inflated(raw, new_decompressor, is_strict)
        else:
            while chunk := raw.read(CHUNK_BYTES):
                yield chunk


def _inflated(
    raw: BinaryIO, new_decompressor: Callable[[], Any], is_strict: bool
) -> Iterator[bytes]:
    yielded_bytes = 0
    try:
        for data in _streams(raw, new_decompressor, CHUNK_BYTES, is_strict):
            yielded_bytes += len(data)
            yield data
    except (zlib.error, zstandard.ZstdError) as error:
        # The step that met the damage lost what it had; the smallest steps lose
        # nothing, but are slow on a large file.
        step = 1 if raw.seek(0, 2) < 1 << 22 else 64
        raw.seek(0)
        try:
            for data in _streams(raw, new_decompressor, step, is_strict):
                skipped = min(yielded_bytes, len(data))
                yielded_bytes -= skipped
                yield data[skipped:]
        except (zlib.error, zstandard.ZstdError):
            pass
        detail = f"The compressed data is damaged ({error}); send the file again."
        raise UnreadableBytes("damaged_compression", detail) from error


def _streams(
    raw: BinaryIO, new_decompressor: Callable[[], Any], step: int, is_strict: bool
) -> Iterator[bytes]:
    decompressor = new_decompressor()
    while chunk := raw.read(step):
        # Archives may be several compressed streams one after the other, and may be
        # padded with zero bytes.
        while chunk and (
            is_strict or not (decompressor.eof and not chunk.strip(b"\0"))
        ):
            if decompressor.eof:
                if is_strict:
                    raise UnreadableBytes(
                        "damaged_compression", "More than one stream."
                    )
                decompressor = new_decompressor()
            yield decompressor.decompress(chunk)
            chunk = decompressor.unused_data if decompressor.eof else b""
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
        for chunk in decompressed_chunks(name, is_strict=True):
            if is_first and chunk:
                is_first = False
                if chunk.startswith(codecs.BOM_UTF8) or chunk.lstrip()[:1] == b"[":
                    return False
                if is_header(chunk.partition(b"\n")[0]):
                    return False
            if b"\r" in chunk or b"\x01" in chunk or b"\0" in chunk:
                return False
            if not chunk.isascii() or decoder.getstate()[0]:
                decoder.decode(chunk)
            first_line, line_end, others = chunk.partition(b"\n")
            line_bytes += len(first_line)
            if line_bytes > LINE_BYTES_LIMIT or _has_long_line(others):
                return False
            if line_end:
                line_bytes = len(others) - others.rfind(b"\n") - 1
            has_content = has_content or bool(chunk and not chunk.isspace())
        decoder.decode(b"", final=True)
    except (UnicodeDecodeError, UnreadableBytes):
        return False
    return has_content


def _has_long_line(block: bytes) -> bool:
    return len(block) > LINE_BYTES_LIMIT and any(
        len(line) > LINE_BYTES_LIMIT for line in block.split(b"\n")
    )


def _suffix_tells_compression(name: str) -> bool:
    with open(name, "rb") as raw:
        magic = raw.read(4)
    return name.endswith(".gz") == magic.startswith(GZIP_MAGIC) and (
        name.endswith(".zst") == (magic == ZSTD_MAGIC)
    )


def mend(name: str, mended_name: str, spooled_name: str) -> None:
    """Write a readable copy of a file's lines, and apart what cannot be in it.

    The copy has every readable line at its number. A spooled line has the columns
    number, reason, detail and text; without a reason it is an element of an array.
    Nothing is raised for what the file holds.
    """
    with (
        open(mended_name, "wb") as mended,
        open(spooled_name, "w", encoding="utf-8", newline="\n") as spooled,
    ):

        def put_apart(line: Line) -> None:
            spooled.write(_spooled(line))

        number = 1
        has_content = False
        try:
            first, chunks = _peek(_as_utf8(decompressed_chunks(name)), 8192)
            if b"\0" in first and not LINE_OF_JSON.search(first):
                raise UnreadableBytes(
                    "binary_file", "The file holds binary data, not lines of JSON."
                )
            if ARRAY.match(first):
                for line in _array_elements(chunks):
                    has_content = True
                    put_apart(line)
            header: list[str] = []
            for block in _whole_lines(chunks):
                has_content = has_content or bool(block and not block.isspace())
                if number == 1 and is_header(block.partition(b"\n")[0]):
                    first_row = block.partition(b"\n")[0]
                    header = first_row.decode(errors="replace").split("\t")
                if not header and _is_clean(block):
                    mended.write(block)
                    number += block.count(b"\n")
                    continue
                for raw_line in block.split(b"\n")[:-1]:
                    line = _judged_line(number, raw_line)
                    if header:
                        line = _row_as_line(line, raw_line, header)
                    number += 1
                    if line.reason:
                        put_apart(line)
                    mended.write(b"" if line.reason else line.text.encode())
                    mended.write(b"\n")
        except UnreadableBytes as fault:
            put_apart(Line(number, fault.text, fault.reason, fault.detail))
        else:
            if not has_content:
                put_apart(Line(1, "", "empty_file", "The file holds no event."))


def spool_fault(mended_name: str, spooled_name: str, reason: str, detail: str) -> None:
    """Write what mend() does, of a file of which nothing can be read."""
    with open(mended_name, "wb"), open(spooled_name, "w", encoding="utf-8") as spooled:
        spooled.write(_spooled(Line(1, "", reason, detail)))


def _spooled(line: Line) -> str:
    columns = (str(line.number), line.reason, line.detail, line.text)
    return SEPARATOR.join(columns) + "\n"


def _whole_lines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield blocks that end with a line's end, with LF for CRLF.

    Of a line over the limit only as much is kept as tells that it is too long. Where
    the stream breaks off, the torn line's text goes with the fault.
    """
    rest = b""
    try:
        for chunk in chunks:
            whole, line_end, tail = chunk.rpartition(b"\n")
            if line_end:
                block = rest + whole + line_end
                yield block.replace(b"\r\n", b"\n") if b"\r" in block else block
                rest = b""
            rest = (rest + tail)[: LINE_BYTES_LIMIT + 1]
    except UnreadableBytes as fault:
        fault.text = _printable(rest.decode("utf-8", errors="replace"))
        raise
    if rest:
        yield rest + b"\n"


def _is_clean(block: bytes) -> bool:
    if b"\r" in block or b"\0" in block or b"\x01" in block:
        return False
    if len(block) > LINE_BYTES_LIMIT:
        return False
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _as_utf8(chunks: Iterator[bytes]) -> Iterator[bytes]:
    first, chunks = _peek(chunks, 64)
    for mark, encoding in BYTE_ORDER_MARKS:
        # JSON in UTF-16 or UTF-32 has zero bytes; without one, it is no such mark.
        if first.startswith(mark) and (mark == codecs.BOM_UTF8 or b"\0" in first[:64]):
            if encoding == "utf-8-sig":
                yield next(chunks)[len(mark) :]
                yield from chunks
                return
            decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
            for chunk in chunks:
                yield decoder.decode(chunk).encode("utf-8", errors="replace")
            return
    yield from chunks


def _peek(chunks: Iterator[bytes], size: int) -> tuple[bytes, Iterator[bytes]]:
    """Return the first bytes, about as many as asked for, and all the chunks again."""
    first = b""
    fault: UnreadableBytes | None = None
    try:
        for chunk in chunks:
            first += chunk
            if len(first) >= size:
                break
    except UnreadableBytes as error:
        fault = error

    def again() -> Iterator[bytes]:
        yield first
        if fault:
            raise fault
        yield from chunks

    return first, again()


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


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
    if not text.isprintable() and (control := RAW_CONTROL_CHARACTER.search(text)):
        detail = f"A raw control character at position {control.start() + 1}."
        return Line(number, _printable(text), "malformed_json", detail)
    return Line(number, text.replace("\r", " "))


def _row_as_line(line: Line, raw_row: bytes, header: list[str]) -> Line:
    """Return a row as a line of JSON, the header and blank rows as blank lines."""
    if line.reason:
        return line
    if line.number == 1 or not line.text:
        return Line(line.number, "")
    try:
        body = row_as_object(header, raw_row.decode().split("\t"))
        text = json.dumps(body, ensure_ascii=False, allow_nan=False)
    except (ValueError, RecursionError) as error:
        return Line(line.number, line.text, "malformed_row", str(error))
    return Line(line.number, text)


def _printable(text: str) -> str:
    text = RAW_CONTROL_CHARACTER.sub("\ufffd", text[:KEPT_PAYLOAD_CHARACTERS])
    return text.replace("\n", " ").replace("\r", " ").strip()


def _array_elements(chunks: Iterator[bytes]) -> Iterator[Line]:
    """Yield the elements of JSON arrays, each with the line on which it begins.

    What follows the last array is read line by line. An element that is no JSON is
    one rejected line; where its end cannot be told, so is all that stands after it.
    """
    decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
    scanner = json.JSONDecoder()
    text = ""
    number = 1
    is_ended = False
    wanted = CHUNK_BYTES

    fault: UnreadableBytes | None = None

    def refill() -> None:
        nonlocal text, is_ended, fault
        while len(text) < wanted and not is_ended:
            try:
                chunk = next(chunks, None)
            except UnreadableBytes as error:
                chunk, fault = None, error
            is_ended = chunk is None
            text += decoder.decode(chunk or b"", final=is_ended)

    try:
        refill()
        between = re.compile(r"[\s\[]*")
        while True:
            skipped = between.match(text).group()
            number += skipped.count("\n")
            text = text[len(skipped) :]
            if not text and not is_ended:
                refill()
                continue
            if text.startswith("]"):
                text = text[1:]
                if len(text) < CHUNK_BYTES // 2:
                    refill()
                if text.lstrip().startswith("["):
                    between = re.compile(r"[\s\[]*")
                    continue
                rest = _chain(text.encode("utf-8", "surrogateescape"), chunks)
                for block in _whole_lines(rest):
                    for raw_line in block.split(b"\n")[:-1]:
                        if raw_line.strip():
                            yield _judged_line(number, raw_line)
                        number += 1
                return
            between = re.compile(r"[\s,]*")
            try:
                end = scanner.raw_decode(text)[1]
            except (ValueError, RecursionError) as error:
                is_complete = is_ended or len(text) > LINE_BYTES_LIMIT
                indent = skipped.rpartition("\n")[2] if "\n" in skipped else None
                end = _end_of_element(text, indent if is_complete else None)
                if not end and fault:
                    raise fault from None
                if not end and not is_complete:
                    wanted = 2 * max(len(text), CHUNK_BYTES)
                    refill()
                    continue
                what = "The array cannot be read from here on"
                if end:
                    what = "The element of the array is not JSON"
                lost = _printable(_clean(text[: end or len(text)]))
                yield Line(number, lost, "malformed_json", f"{what}: {error}.")
                if not end:
                    return
            else:
                element = re.sub(r"\s*\n\s*", " ", text[:end])
                yield _judged_line(number, element.encode("utf-8", "surrogateescape"))
            number += text.count("\n", 0, end)
            text = text[end:]
            wanted = CHUNK_BYTES
            if len(text) < CHUNK_BYTES // 2:
                refill()
    except UnreadableBytes as error:
        yield Line(number, _printable(_clean(text)), error.reason, error.detail)


def _end_of_element(text: str, indent: str | None) -> int:
    """Return where an element that is no JSON ends, by its brackets; 0: not to be told.

    With an indent it may also end before a line that begins with that and a brace.
    """
    depth = 0
    for token in ELEMENT_TOKEN.finditer(text):
        mark = token.group()
        if mark in "{[":
            depth += 1
        elif mark in "}]":
            depth -= 1
            if depth <= 0:
                return token.end() if depth == 0 else max(token.start(), 1)
        elif mark == "," and depth == 0:
            return token.start()
        elif mark == '"':
            break
    if indent is not None:
        line = re.search(rf",[ \t]*\n{re.escape(indent)}(?=[{{])", text)
        return line.start() if line else 0
    return 0


def _clean(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")

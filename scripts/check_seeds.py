"""See that the rows of the seeds have the shape of tables, before dbt reads them.

What a cell must be is judged by the models; a file that is no table never gets there.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path


def misshapen_seeds(folder: Path) -> list[str]:
    """Return a sentence for each fault of the CSV files below a folder of seeds."""
    return [
        f"{folder.name}/{file.relative_to(folder).as_posix()}{fault}"
        for file in sorted(folder.rglob("*.csv"))
        for fault in _faults(file.read_bytes())
    ]


def displaced_rows(folder: Path) -> dict[str, list[int]]:
    """Return the line of each row, by the names of the files where lines are no rows.

    Empty lines are no rows, and a cell with a line break takes two. Elsewhere the first
    row stands on line 2, the second on line 3 and so on.
    """
    displaced = {}
    for file in sorted(folder.rglob("*.csv")):
        rows = list(_rows(file.read_text("utf-8-sig")))
        header = next(cells for _, cells in rows if cells)
        # An empty line is a row, with an empty cell, of a file that has one column.
        lines = [line for line, cells in rows if cells or len(header) == 1][1:]
        if lines != list(range(2, len(lines) + 2)):
            displaced[file.stem] = lines
    return displaced


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a file, empty ones too, each with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""))
    begins_on = 1
    for cells in reader:
        yield begins_on, cells
        begins_on = reader.line_num + 1


def _faults(content: bytes) -> list[str]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        row = content.count(b"\n", 0, fault.start) + 1
        return [f", row {row}: the text is not UTF-8. Save the file as UTF-8."]
    unquoted = "".join(text.split('"')[::2])
    if "\r\n" in unquoted and re.search(r"(?<!\r)\n", unquoted):
        return [
            ": some rows end in CRLF and some in LF. Save the file with one of them."
        ]
    rows = _rows(text)
    _, header = next(rows, (1, None))
    if not header:
        return [", row 1: expected the names of the columns, found nothing."]
    return [
        f", row {line}: expected {len(header)} cells, as many as the header names,"
        f" found {len(cells)}. A comma is missing or one too many; a cell that has one"
        " stands in quotation marks."
        for line, cells in rows
        if cells and len(cells) != len(header)
    ]

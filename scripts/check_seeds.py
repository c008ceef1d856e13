"""See that the rows of the seeds have the shape of tables, before dbt reads them.

What a cell must be is judged by the models; a file that is no table never gets there.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path


def misshapen_seeds(folder: Path) -> list[str]:
    """Return a sentence for each fault of the CSV files below a folder of seeds."""
    return [
        f"{folder.name}/{file.relative_to(folder).as_posix()}{fault}"
        for file in sorted(folder.rglob("*.csv"))
        for fault in _faults(file.read_bytes())
    ]


def _faults(content: bytes) -> list[str]:
    text = content.decode("utf-8-sig")
    unquoted = "".join(text.split('"')[::2])
    if "\r\n" in unquoted and re.search(r"(?<!\r)\n", unquoted):
        return [
            ": some rows end in CRLF and some in LF. Save the file with one of them."
        ]
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader, None)
    if not header:
        return [", row 1: expected the names of the columns, found nothing."]
    return [
        f", row {reader.line_num}: expected {len(header)} cells, as many as the header"
        f" names, found {len(cells)}. A comma is missing or one too many; a cell that"
        " has one stands in quotation marks."
        for cells in reader
        if cells and len(cells) != len(header)
    ]

"""Find the raw event files of a build and see that each of them is readable.

This is a dbt-duckdb plugin: `dbt build` calls it once, for the source
`raw_events.files`. It lists the files under the events path, tells new and changed
ones from those already landed, and has those that cannot be read in place mended.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import glob
import os
import re
import shutil
import tempfile
import time
import uuid
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt.adapters.duckdb.utils import SourceConfig
from dbt.adapters.events.logging import AdapterLogger
from dbt.flags import get_flags
from dbt_common.exceptions import DbtRuntimeError
from duckdb import DuckDBPyConnection

from check_seeds import displaced_rows, misshapen_seeds
from mend_event_files import is_readable_in_place, mend, spool_fault
from prepare_publication import prepare_publication

SAMPLE_FOLDER = "seeds/sample_events"
# Nobody else's folder begins so: what killed builds leave behind is removed.
SPOOL_PREFIX = "throughline-spooled-"
SUFFIXES = tuple(
    f"{suffix}{compression}"
    for suffix in (".json", ".jsonl", ".ndjson", ".tsv")
    for compression in ("", ".gz", ".zst")
)


@dataclass(frozen=True)
class EventFile:
    """One raw file: its path, its size in bytes and when it was last modified.

    In the name, bytes that are not UTF-8 are written as backslash, x and two digits.
    """

    file_name: str
    size_bytes: int
    modified_at: datetime
    is_sample: bool
    path: str = field(default="", compare=False)


def find_files(events_path: str, landed_names: Iterable[str]) -> list[EventFile]:
    """Return the files that the comma-separated globs name, in order of their name.

    A folder stands for every event file below it. A glob that matches neither a
    file nor a landed file (archives rotate) is an error that says what to set.
    """
    landed_names = list(landed_names)
    found: dict[str, EventFile] = {}
    patterns = [part.strip() for part in events_path.split(",") if part.strip()]
    if not patterns:
        raise DbtRuntimeError(
            f"THROUGHLINE_EVENTS_PATH is '{events_path}', which names no file. Set it"
            " to one or more globs, separated by commas, such as 'events/*.jsonl.gz'."
        )
    for pattern in patterns:
        names = _matching_names(pattern)
        if not names and not _matches_landed(pattern, landed_names):
            raise DbtRuntimeError(
                f"No raw event file matches '{pattern}' (looked from {os.getcwd()}). "
                "Set THROUGHLINE_EVENTS_PATH to one or more globs of .json, .jsonl, "
                ".ndjson or .tsv files (plain, .gz or .zst), separated by commas, for "
                "example 'events/*.jsonl.gz'; unset it to use the bundled sample."
            )
        for name in names:
            found[name] = _describe(name)
    return [found[name] for name in sorted(found)]


def _matching_names(pattern: str) -> list[str]:
    if os.path.isdir(pattern):
        root = pattern
        for _ in os.walk(root, onerror=_refuse_closed_folder):
            pass
        names = glob.glob(os.path.join(glob.escape(root), "**", "*"), recursive=True)
        names = [name for name in names if name.lower().endswith(SUFFIXES)]
    else:
        root = os.path.dirname(_fixed_part(pattern))
        names = glob.glob(pattern, recursive=True)
    return [
        os.path.normpath(name)
        for name in names
        if os.path.isfile(name)
        and not _goes_in_a_circle(os.path.dirname(name) or ".", root or ".")
    ]


def _refuse_closed_folder(error: OSError) -> None:
    raise DbtRuntimeError(
        f"The folder '{error.filename}' on the events path cannot be listed"
        f" ({error.strerror}). Let whoever runs the build read it, or set"
        " THROUGHLINE_EVENTS_PATH so that it is not named."
    )


@functools.cache
def _goes_in_a_circle(folder: str, root: str) -> bool:
    """Tell whether a link between the root and a folder leads back to the way to it."""
    passed = {os.path.realpath(root)}
    for part in Path(os.path.relpath(folder, root)).parts:
        root = os.path.join(root, part)
        if os.path.realpath(root) in passed:
            return True
        passed.add(os.path.realpath(root))
    return False


def _fixed_part(pattern: str) -> str:
    """Return a pattern as far as it is no pattern."""
    return glob.escape(pattern).split("[")[0]


def _matches_landed(pattern: str, landed_names: list[str]) -> bool:
    fixed_part = os.path.normpath(_fixed_part(pattern))
    return os.path.isdir(os.path.dirname(fixed_part) or ".") and any(
        name.startswith(fixed_part) for name in landed_names
    )


def _describe(name: str) -> EventFile:
    status = os.stat(name)
    modified_at = datetime.fromtimestamp(status.st_mtime_ns // 1000 / 1e6, tz=UTC)
    modified_at = modified_at.replace(tzinfo=None)
    shown = os.fsencode(name).decode(errors="backslashreplace")
    return EventFile(shown, status.st_size, modified_at, _is_sample(name), name)


def _is_sample(name: str) -> bool:
    return Path(SAMPLE_FOLDER).resolve() in Path(name).resolve().parents


class Plugin(BasePlugin):
    """The source `raw_events.files`: one row per file that this build knows of.

    Columns: file_name, size_bytes, modified_at, is_sample, status (new, changed,
    unchanged, withdrawn, kept), and of new and changed ones read_from (the file or its
    mended copy) and spooled_to (what was put apart; null where the file is read in
    place).
    """

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        self._connection: DuckDBPyConnection | None = None
        # What dbt has parsed lives as long as the build: to look through it for what
        # can be freed, time and again, would cost a tenth of a small build.
        gc.freeze()
        atexit.register(gc.unfreeze)
        refuse_wrong_memory_limit(os.environ.get("THROUGHLINE_MEMORY_LIMIT", "80%"))
        seeds = Path(get_flags().PROJECT_DIR or ".") / "seeds"
        faults = misshapen_seeds(seeds)
        if faults:
            raise DbtRuntimeError("\n".join(faults))
        self._displaced_rows = displaced_rows(seeds)
        _refuse_second_build(self.creds.path if self.creds else ":memory:")
        published = os.environ.get("THROUGHLINE_PUBLISHED_PATH", "published")
        if published not in ("", "none"):
            refuse_wrong_published_path(published)
            prepare_publication(Path(published))
        clear_leftovers()
        self._spool_folder = tempfile.TemporaryDirectory(prefix=SPOOL_PREFIX)
        # So that neither list of files to read is ever empty; and it is known which
        # build has listed them.
        self._empty_file = str(Path(self._spool_folder.name, "empty.jsonl"))

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        self._connection = conn

    def configure_cursor(self, cursor: DuckDBPyConnection) -> None:
        # Known to the connection alone: no statement, log or table has the salt in it.
        salt = os.environ.get("THROUGHLINE_PII_SALT") or None
        cursor.execute("set variable throughline_pii_salt = ?", [salt])
        folder = os.getcwd()
        cursor.execute("set variable throughline_working_folder = ?", [folder])
        cursor.execute("set variable throughline_empty_file = ?", [self._empty_file])
        rows = [list(self._displaced_rows), list(self._displaced_rows.values())]
        displaced = "map(?::varchar[], ?::bigint[][])"
        cursor.execute(f"set variable throughline_displaced_rows = {displaced}", rows)

    def load(self, source_config: SourceConfig) -> pd.DataFrame:
        # The build's own database is meant: dbt-duckdb would write its name unquoted.
        source_config.database = None
        events_path = source_config["events_path"]
        landed = self._landed_files()
        if get_flags().WHICH in ("build", "run"):
            _refuse_sample_among_others(events_path, landed)
        found = find_files(events_path, landed)
        rows = self._judged_files(found, landed)
        rows += self._withdrawn_files(found, landed) + self._kept_files(found, landed)
        if get_flags().FULL_REFRESH and not source_config.get("forget_missing_files"):
            _refuse_to_forget(set(landed) - {file.file_name for file in found}, landed)
        columns = {
            "file_name": "str",
            "size_bytes": "int64",
            "modified_at": "datetime64[us]",
            "is_sample": "bool",
            "status": "str",
            "read_from": "str",
            "spooled_to": "str",
        }
        empty = self._empty_file
        Path(empty).touch()
        moment = datetime(1970, 1, 1)
        rows.append(("", 0, moment, False, "none", empty, empty))
        frame = pd.DataFrame(rows, columns=list(columns))
        return frame.astype(columns)

    def _landed_files(self) -> dict[str, EventFile]:
        assert self._connection is not None
        cursor = self._connection.cursor()
        tables = cursor.execute(
            "select table_name from information_schema.tables"
            " where table_schema = 'landing'"
        ).fetchall()
        landed: dict[str, EventFile] = {}
        # A build that stopped halfway has landed lines of files not registered yet, has
        # forgotten some that are, or has not ended what it does to them: then the
        # register is of another table.
        if ("landed_events",) in tables:
            unknown = datetime(1970, 1, 1)
            line_counts = dict(
                cursor.execute(
                    "select file_name, count(*) from landing.landed_events group by all"
                ).fetchall()
            )
            landed = {
                name: EventFile(name, -1, unknown, _is_sample(name))
                for name in line_counts
            }
            finished = cursor.execute(
                "select count(*) from builds.table_states"
                """ where relation like '%."landing"."landed_events"'"""
            ).fetchall()
            if ("landed_files",) in tables and finished[0][0]:
                rows = cursor.execute(
                    "select file_name, size_bytes, modified_at, is_sample, line_count"
                    " from landing.landed_files"
                ).fetchall()
                landed |= {
                    name: EventFile(name, *facts)
                    for name, *facts, count in rows
                    if line_counts.get(name) == count
                }
        return landed

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
            status = "new" if file.file_name not in landed else "changed"
            status = status if file in sources else "unchanged"
            seen, *sources_of_file = sources.get(file, (file, None, None))
            rows.append((*_as_row(seen), status, *sources_of_file))
        return rows

    def _readable(self, file: EventFile) -> tuple[EventFile, str, str | None]:
        """Where a file is read from, and what is known of it by then.

        Of one that cannot be opened that is nothing: each build tries again.
        """
        # A name with wildcard characters would be taken for a glob.
        is_plain_name = glob.escape(file.path) == file.path == file.file_name
        copy = os.path.join(self._spool_folder.name, uuid.uuid4().hex)
        mended, spooled = f"{copy}.mended", f"{copy}.spooled"
        try:
            if is_plain_name and is_readable_in_place(file.path):
                return file, file.path, None
            mend(file.path, mended, spooled)
        except OSError as error:
            fault = f"The file cannot be read ({error.strerror}); the next build tries"
            spool_fault(mended, spooled, "unreadable_file", f"{fault} again.")
            file = replace(file, size_bytes=0, modified_at=datetime(1970, 1, 1))
        return file, mended, spooled

    def _withdrawn_files(
        self, found: list[EventFile], landed: dict[str, EventFile]
    ) -> list[tuple[Any, ...]]:
        found_names = {file.file_name for file in found}
        return [
            (*_as_row(file), "withdrawn", None, None)
            for file in landed.values()
            if file.is_sample and file.file_name not in found_names
        ]

    def _kept_files(
        self, found: list[EventFile], landed: dict[str, EventFile]
    ) -> list[tuple[Any, ...]]:
        """Rows of files that are gone, before the build that landed them had ended."""
        found_names = {file.file_name for file in found}
        names = [
            file.file_name
            for file in landed.values()
            if file.size_bytes < 0
            and not file.is_sample
            and file.file_name not in found_names
        ]
        described = self._described_files() if names else {}
        unknown = (0, datetime(1970, 1, 1), False)
        return [
            (name, *described.get(name, unknown), "kept", None, None) for name in names
        ]

    def _described_files(self) -> dict[str, tuple[Any, ...]]:
        """What the last builds, whole or not, have written down of files."""
        assert self._connection is not None
        cursor = self._connection.cursor()
        described = {}
        for table in ("landed_files", "found_files"):
            if cursor.execute(
                "select 1 from information_schema.tables"
                " where table_schema = 'landing' and table_name = ?",
                [table],
            ).fetchall():
                for name, *facts in cursor.execute(
                    "select file_name, size_bytes, modified_at, is_sample"
                    f" from landing.{table}"
                ).fetchall():
                    described[name] = tuple(facts)
        return described


def refuse_wrong_memory_limit(limit: str) -> None:
    """Stop with a sentence where the engine could not read a limit of its memory."""
    if not re.fullmatch(r"[0-9]+([.][0-9]+)? *(%|[KMGT]i?B)", limit, re.IGNORECASE):
        raise DbtRuntimeError(
            f"THROUGHLINE_MEMORY_LIMIT is '{limit}': expected a size such as 3GB or"
            " 500MB, or a share of the machine's memory such as 50%."
        )


def refuse_wrong_published_path(folder: str) -> None:
    """Stop with a sentence where nothing could be published in a folder."""
    fault = "has one of the characters * ? [ ] ', by which files could not be named"
    if not set("*?[]'") & set(folder):
        try:
            os.makedirs(folder, exist_ok=True)
            fault = "" if os.access(folder, os.W_OK) else "cannot be written to"
        except OSError as error:
            fault = f"is no folder and cannot be made one ({error.strerror})"
    if fault:
        raise DbtRuntimeError(
            f"THROUGHLINE_PUBLISHED_PATH is '{folder}', which {fault}. Set it to a"
            " folder for what is published, or to 'none' to publish nothing."
        )


def clear_leftovers() -> None:
    """Remove what builds that were killed more than a day ago had put apart."""
    for folder in Path(tempfile.gettempdir()).glob(f"{SPOOL_PREFIX}*"):
        with contextlib.suppress(OSError):
            if folder.stat().st_mtime < time.time() - 24 * 60 * 60:
                shutil.rmtree(folder, ignore_errors=True)


def _refuse_second_build(database: str) -> None:
    """Stop at once where another process has the database open, and say who."""
    if not os.path.exists(database):
        return
    try:
        duckdb.connect(database).close()
    except duckdb.IOException as error:
        if "lock" not in str(error):
            raise
        process = re.search(r"PID [0-9]+", str(error))
        raise DbtRuntimeError(
            f"The database '{database}' is in use ({process[0] if process else error}):"
            " another build runs on it, or a tool has it open. Wait until that has"
            " ended, or set THROUGHLINE_DATABASE_PATH to another file; tools that only"
            " read open what a build publishes (THROUGHLINE_PUBLISHED_PATH), and are"
            " never in its way."
        ) from error


def _as_row(file: EventFile) -> tuple[Any, ...]:
    return (file.file_name, file.size_bytes, file.modified_at, file.is_sample)


def _refuse_sample_among_others(events_path: str, landed: dict[str, EventFile]) -> None:
    own = [name for name, file in landed.items() if not file.is_sample]
    if events_path == SAMPLE_FOLDER and own:
        raise DbtRuntimeError(
            "THROUGHLINE_EVENTS_PATH is not set, which would land the bundled sample"
            f" among the {len(own)} files of your own in this database (first:"
            f" {min(own)}). Set it to where your files are, or set"
            " THROUGHLINE_DATABASE_PATH to another database for the sample."
        )


def _refuse_to_forget(missing: set[str], landed: dict[str, EventFile]) -> None:
    missing = {name for name in missing if not landed[name].is_sample}
    if missing:
        raise DbtRuntimeError(
            f"A full refresh would drop the lines of {len(missing)} landed files that "
            f"are no longer on the events path (first: {min(missing)}). Put them back, "
            "or drop them knowingly with --vars 'forget_missing_files: true'."
        )

"""The event generator keeps its promises, and its truth agrees with its files.

The files are read and judged here by an independent reader: nothing of the simulation
is imported but the documented arguments of the bundled sample.
"""

import csv
import gzip
import json
import subprocess
import sys
import time
import zlib
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import zstandard

PROJECT = Path(__file__).parents[2]
GENERATE = PROJECT / "scripts" / "generate_events.py"
CONVERT = PROJECT / "scripts" / "convert_snowplow_events.py"
SAMPLE = PROJECT / "seeds" / "sample_events"
SAMPLE_TRUTH = PROJECT / "tests" / "fixtures" / "sample_truth"

COUNTS = ("landed", "kept", "duplicate", "rejected")

Place = tuple[str, int]


def run(script: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(script), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def generate(output: Path, *arguments: object) -> Path:
    done = run(GENERATE, "--output", output, *arguments)
    assert done.returncode == 0, done.stderr
    return output


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# -- an independent reader ------------------------------------------------------------


def decoded(path: Path) -> tuple[bytes, bool]:
    """The bytes of a file, and whether it ends before it should."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        unpacker = zlib.decompressobj(31)
        return unpacker.decompress(data), not unpacker.eof
    if path.suffix == ".zst":
        return zstandard.ZstdDecompressor().decompressobj().decompress(data), False
    return data, False


def moment(value: Any) -> datetime | None:
    """Any of the spellings of a time, or nothing."""
    if isinstance(value, int):
        return datetime.fromtimestamp(value / (1000 if value > 10**11 else 1), UTC)
    try:
        return datetime.fromisoformat(value).astimezone(UTC)
    except (TypeError, ValueError):
        return None


class Line(NamedTuple):
    """An accepted line, read."""

    place: Place
    key: str
    event_id: str
    name: str
    occurred_at: datetime
    received_at: datetime | None
    body: dict[str, Any]

    @property
    def user_id(self) -> str:
        return self.body.get("userId") or self.body.get("user_id") or ""

    @property
    def anonymous_id(self) -> str:
        keys = ("anonymousId", "anonymous_id", "device_id")
        return next((self.body[key] for key in keys if self.body.get(key)), "")


def snake(name: str) -> str:
    letters = "".join(f"_{letter}" if letter.isupper() else letter for letter in name)
    return "_".join(letters.replace(" ", "_").lower().split("_")).strip("_")


def read_line(place: Place, text: bytes) -> Line | None:
    """The line, or nothing where it must be rejected."""
    try:
        body = json.loads(text.decode())
    except ValueError:
        return None
    if not isinstance(body, dict):
        return None
    kind = body.get("type", "track")
    name = body.get("event") or body.get("event_name")
    if kind != "track":
        name = {"page": "page_viewed", "screen": "screen_viewed"}.get(kind, kind)
    received_at = moment(body.get("receivedAt") or body.get("received_at"))
    occurred_at = moment(body.get("timestamp"))
    if "messageId" in body and "timestamp" not in body:
        sent_at, device_at = moment(body["sentAt"]), moment(body["originalTimestamp"])
        assert received_at and sent_at and device_at
        occurred_at = received_at - (sent_at - device_at)
    event_id = body.get("messageId") or body.get("event_id") or ""
    if not name or occurred_at is None:
        return None
    if received_at and occurred_at > received_at + timedelta(days=1):
        return None
    name = "_".join(part for part in snake(name).split("_") if part)
    key = event_id or text.decode()
    line = Line(place, key, event_id, name, occurred_at, received_at, body)
    return line if line.user_id or line.anonymous_id else None


class Reading(NamedTuple):
    """What a folder of event files holds."""

    kept: list[Line]
    duplicates: list[Line]
    rejected: set[Place]
    empty_lines: set[Place]
    landed: Counter[str]


def physical_lines(path: Path) -> tuple[list[bytes], bool]:
    """A file's lines (an array file's elements), and whether the last one is torn."""
    data, is_torn = decoded(path)
    if data.startswith(b"["):
        return [json.dumps(event).encode() for event in json.loads(data)], False
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return [
        line.removesuffix(b"\r") for line in lines[: None if is_torn else -1]
    ], is_torn


def read_folder(folder: Path) -> Reading:
    reading = Reading([], [], set(), set(), Counter())
    copies: defaultdict[str, list[Line]] = defaultdict(list)
    for path in sorted(folder.iterdir()):
        if not path.name.startswith("20"):
            continue
        lines, is_torn = physical_lines(path)
        if not lines:
            reading.landed[path.name] += 1
            reading.rejected.add((path.name, 1))
        for number, text in enumerate(lines, start=1):
            place = (path.name, number)
            if not text:
                reading.empty_lines.add(place)
                continue
            reading.landed[path.name] += 1
            line = None
            if not (is_torn and number == len(lines)):
                line = read_line(place, text)
            if line is None:
                reading.rejected.add(place)
            else:
                copies[line.key].append(line)
    for same in copies.values():
        latest = datetime.max.replace(tzinfo=UTC)
        same.sort(key=lambda line: (line.received_at or latest, line.place))
        survivors = 1
        if not same[0].event_id:
            survivors = max(Counter(line.place[0] for line in same).values())
        reading.kept.extend(same[:survivors])
        reading.duplicates.extend(same[survivors:])
    return reading


# -- fixtures -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample() -> Reading:
    return read_folder(SAMPLE)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """A run of 20,000 events, and the seconds it took."""
    started = time.perf_counter()
    output = generate(
        tmp_path_factory.mktemp("large") / "run",
        *("--events", 20_000, "--seed", 3, "--compression", "zst"),
    )
    return output, time.perf_counter() - started


@pytest.fixture(scope="module")
def humans() -> dict[str, str]:
    return {row["event_id"]: row["human"] for row in rows(SAMPLE_TRUTH / "events.csv")}


# -- promises of the generator --------------------------------------------------------


@pytest.mark.parametrize("compression", ["plain", "gz", "zst"])
def test_same_arguments_give_the_same_bytes(tmp_path: Path, compression: str) -> None:
    arguments = ("--events", 2_000, "--compression", compression)
    first = contents(generate(tmp_path / "first", *arguments))
    assert len(first) > 10
    assert first == contents(generate(tmp_path / "second", *arguments))
    other = contents(generate(tmp_path / "other", *arguments, "--seed", 8))
    assert first != other


def test_the_sample_equals_a_new_run(tmp_path: Path) -> None:
    """Compressed files are compared decoded: zlib's output may differ by version."""
    sys.path.insert(0, str(GENERATE.parent))
    try:
        from generate_events import SAMPLE_ARGUMENTS
    finally:
        sys.path.remove(str(GENERATE.parent))
    output = generate(tmp_path / "run", *SAMPLE_ARGUMENTS.split())
    files = {path.name for path in SAMPLE.glob("2026-*")}
    assert files == {path.name for path in (output / "events").iterdir()}
    for name in files:
        assert decoded(SAMPLE / name) == decoded(output / "events" / name), name
    assert contents(SAMPLE_TRUTH) == contents(output / "truth")


def test_the_sample_stays_small() -> None:
    sizes = [path.stat().st_size for path in SAMPLE.iterdir()]
    assert sum(sizes) < 1_200_000
    assert max(sizes) < 400_000
    assert len(sizes) <= 25
    assert (SAMPLE_TRUTH / "events.csv").stat().st_size < 600_000


@pytest.mark.parametrize("formats", ["throughline", "segment", "throughline,segment"])
def test_without_faults_every_line_is_an_event(tmp_path: Path, formats: str) -> None:
    output = generate(
        tmp_path / "run", "--events", 3_000, "--no-faults", "--formats", formats
    )
    reading = read_folder(output / "events")
    assert not reading.rejected | reading.empty_lines
    assert not reading.duplicates
    assert len(reading.kept) == 3_000
    kinds = {"messageId" in line.body for line in reading.kept}
    assert kinds == {name == "segment" for name in formats.split(",")}
    assert rows(output / "truth" / "faults.csv") == []


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["--events", "999"], "from 1000 to 100000000"),
        (["--events", "many"], "from 1000 to 100000000"),
        (["--events", "5000", "--start", "5 January"], "like 2026-01-05"),
        (["--events", "5000", "--days", "0"], "from 1 to 730"),
        (["--events", "5000", "--formats", "segment,mixpanel"], "throughline,segment"),
        (["--events", "5000", "--compression", "rar"], "plain, gz or zst"),
        (["--seed", "1"], "--help"),
    ],
)
def test_bad_arguments_give_a_sentence(
    tmp_path: Path, arguments: list[str], advice: str
) -> None:
    done = run(GENERATE, "--output", tmp_path / "run", *arguments)
    assert done.returncode == 2
    assert advice in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "run").exists()


def test_a_folder_in_use_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("mine")
    done = run(GENERATE, "--output", tmp_path, "--events", 1_000)
    assert done.returncode == 2
    assert "not an empty folder" in done.stderr
    assert contents(tmp_path) == {"kept.txt": b"mine"}


def test_time_and_memory_are_bounded(large: tuple[Path, float], tmp_path: Path) -> None:
    output, seconds = large
    summary = json.loads((output / "truth" / "summary.json").read_text())
    assert summary["events"] == 20_000
    assert seconds < 30
    # A process of its own, so that only the generator counts among its children.
    measure = (
        "import resource, subprocess, sys;"
        "subprocess.run(sys.argv[1:], check=True, stderr=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    again = [str(GENERATE), "--events", "20000", "--output", str(tmp_path / "again")]
    done = subprocess.run(
        [sys.executable, "-c", measure, sys.executable, *again],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout.split()[-1]) / 1024 < 150


def test_funnel_and_retention_are_plausible(large: tuple[Path, float]) -> None:
    summary = json.loads((large[0] / "truth" / "summary.json").read_text())
    stages = list(summary["people_who_ever"].values())
    assert len(stages) == 4
    assert all(later < 0.95 * earlier for earlier, later in pairwise(stages))
    cohorts = summary["weekly_active_people_by_first_week"].values()
    totals = [sum(ages) for ages in zip(*list(cohorts)[:4], strict=False)]
    assert 0.1 < totals[1] / totals[0] < 0.8
    assert totals[-1] < totals[1]


# -- the truth agrees with the files --------------------------------------------------


def assert_files_agree(reading: Reading, truth: Path) -> None:
    kept = Counter(line.place[0] for line in reading.kept)
    duplicates = Counter(line.place[0] for line in reading.duplicates)
    rejected = Counter(name for name, _ in reading.rejected)
    for row in rows(truth / "files.csv"):
        name = row["file"]
        expected = [int(row[f"expected_{count}"]) for count in COUNTS]
        found = [part[name] for part in (reading.landed, kept, duplicates, rejected)]
        assert found == expected, name
    assert set(reading.landed) == {row["file"] for row in rows(truth / "files.csv")}


def test_files_hold_what_the_truth_expects(sample: Reading) -> None:
    assert_files_agree(sample, SAMPLE_TRUTH)
    totals = json.loads((SAMPLE_TRUTH / "summary.json").read_text())["lines"]
    assert totals["landed"] == sample.landed.total()
    assert totals["landed"] == sum(totals[count] for count in COUNTS[1:])


def test_a_larger_run_agrees_with_its_truth(large: tuple[Path, float]) -> None:
    reading = read_folder(large[0] / "events")
    assert_files_agree(reading, large[0] / "truth")
    repeats = [
        row
        for row in rows(large[0] / "truth" / "faults.csv")
        if row["expected"] == "kept"
    ]
    assert len(reading.kept) == 20_000 + len(repeats)


def test_every_fault_is_where_the_truth_says(sample: Reading) -> None:
    places: defaultdict[str, set[Place]] = defaultdict(set)
    kinds = set()
    for row in rows(SAMPLE_TRUTH / "faults.csv"):
        places[row["expected"]].add((row["file"], int(row["line_number"])))
        kinds.add(row["kind"])
    assert places["rejected"] == sample.rejected
    assert places["duplicate"] == {line.place for line in sample.duplicates}
    assert places["ignored"] == sample.empty_lines
    assert places["kept"] <= {line.place for line in sample.kept}
    assert len(kinds) == 19


def test_every_delivery_is_in_the_truth(sample: Reading) -> None:
    found = Counter(
        (line.event_id, line.place[0], line.name, line.occurred_at)
        for line in sample.kept + sample.duplicates
    )
    truth = rows(SAMPLE_TRUTH / "events.csv")
    assert found == Counter(
        (row["event_id"], row["file"], row["event_name"], moment(row["occurred_at"]))
        for row in truth
    )
    duplicates = sum(row["is_duplicate_delivery"] == "1" for row in truth)
    assert duplicates == len(sample.duplicates)
    late = {row["event_id"] for row in truth if row["is_late"] == "1"} - {""}
    assert len(late) > 20
    for line in sample.kept:
        if line.received_at and not line.key.startswith("{"):
            is_late = line.received_at - line.occurred_at > timedelta(days=1)
            assert is_late == (line.key in late)


def test_every_identifier_is_in_the_truth(
    sample: Reading, humans: dict[str, str]
) -> None:
    truth = {
        (row["human"], row["identifier"])
        for row in rows(SAMPLE_TRUTH / "identifiers.csv")
    }
    found = {
        (humans[line.event_id], identifier)
        for line in sample.kept
        if line.event_id
        for identifier in (line.user_id, line.anonymous_id)
        if identifier
    }
    assert found <= truth
    assert len(truth - found) < 3
    shared = Counter(
        row["identifier"]
        for row in rows(SAMPLE_TRUTH / "identifiers.csv")
        if row["is_shared_device"] == "1"
    )
    assert max(shared.values()) == 2


def test_the_summary_adds_up(sample: Reading) -> None:
    summary = json.loads((SAMPLE_TRUTH / "summary.json").read_text())
    people = rows(SAMPLE_TRUTH / "people.csv")
    names = Counter(line.name for line in sample.kept)
    assert names["order_completed"] == summary["orders"]
    assert names["signed_up"] == summary["sign_ups"]
    revenue: Counter[str] = Counter()
    for line in sample.kept:
        if line.name == "order_completed":
            properties = line.body["properties"]
            revenue[properties["currency"]] += round(properties["revenue"] * 100)
    assert {key: cents / 100 for key, cents in revenue.items()} == summary["revenue"]
    assert sum(int(row["event_count"]) for row in people) == summary["events"]
    assert sum(row["is_bot"] == "0" for row in people) == summary["people"]
    assert sum(row["signed_up_at"] != "" for row in people) == summary["sign_ups"]
    days = summary["by_day"].values()
    assert sum(day["events"] for day in days) == summary["events"]
    assert sum(day.get("new_people", 0) for day in days) == summary["people"]


def test_the_experiment_is_as_the_truth_says(
    sample: Reading, humans: dict[str, str]
) -> None:
    exposures: defaultdict[str, list[tuple[datetime, str]]] = defaultdict(list)
    orders: defaultdict[str, list[datetime]] = defaultdict(list)
    for line in sample.kept:
        human = humans[line.event_id] if line.event_id else ""
        if line.name == "experiment_viewed":
            exposures[human].append(
                (line.occurred_at, line.body["properties"]["variant"])
            )
        elif line.name == "order_completed":
            orders[human].append(line.occurred_at)
    unidentified = exposures.pop("", []) + orders.pop("", [])
    assert len(unidentified) < 10
    agreeing = 0
    for row in rows(SAMPLE_TRUTH / "people.csv"):
        seen = sorted(exposures[row["human"]])
        if not row["variant"] or not seen:
            continue
        exposed_at = moment(row["exposed_at"])
        assert exposed_at is not None
        has_both = len({variant for _, variant in seen}) == 2
        assert has_both == (row["is_multi_variant"] == "1")
        window = exposed_at - timedelta(seconds=1), exposed_at + timedelta(days=14)
        in_window = [at for at in orders[row["human"]] if window[0] <= at <= window[1]]
        agreeing += bool(in_window) == (row["ordered_in_window"] == "1")
    truth = rows(SAMPLE_TRUTH / "experiment.csv")
    assigned = sum(int(row["assigned_people"]) for row in truth)
    assert assigned - len(unidentified) <= agreeing <= assigned
    assert [row["true_relative_effect"] for row in truth] == ["0.0", "0.2"]


# -- the Snowplow file ----------------------------------------------------------------


def test_snowplow_rows_become_typed_objects(tmp_path: Path) -> None:
    source, target = tmp_path / "events.csv", tmp_path / "events.jsonl.gz"
    context = '"[[{""id"":""w1""}]]"'
    source.write_text(
        "event_id,event_name,collector_tstamp,user_id,br_cookies,doc_width,geo_latitude,"
        "contexts_com_acme_web_page_1_0_2\n"
        f"e1,page_view,2026-01-02 03:04:05.678,,TRUE,1089,-37.5,{context}\n"
    )
    done = run(CONVERT, source, target)
    assert done.returncode == 0, done.stderr
    assert json.loads(gzip.decompress(target.read_bytes())) == {
        "event_id": "e1",
        "event_name": "page_view",
        "collector_tstamp": "2026-01-02T03:04:05.678Z",
        "br_cookies": True,
        "doc_width": 1089,
        "geo_latitude": -37.5,
        "contexts_com_acme_web_page_1": [{"id": "w1"}],
    }


def test_snowplow_columns_that_are_missing_are_named(tmp_path: Path) -> None:
    source = tmp_path / "events.csv"
    source.write_text("event_id,event_name\ne1,page_view\n")
    done = run(CONVERT, source, tmp_path / "events.jsonl.gz")
    assert done.returncode == 2
    assert "no column collector_tstamp" in done.stderr


def test_the_bundled_snowplow_file_is_whole() -> None:
    packed = (SAMPLE / "snowplow_web.jsonl.gz").read_bytes()
    events = [json.loads(line) for line in gzip.decompress(packed).splitlines()]
    assert len(events) == 160
    assert len({event["event_id"] for event in events}) == 157
    assert all(value is not None for event in events for value in event.values())

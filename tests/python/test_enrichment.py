"""What user agents and addresses say, held against other people's readings of them."""

from __future__ import annotations

import csv
import importlib.util
import ipaddress
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from random import Random
from types import ModuleType

import duckdb
import pandas as pd
import pytest

from databases import (
    DATABASE_NAME,
    PROJECT,
    build,
    copy_database,
    own_project,
    read,
    run_dbt,
)


@pytest.fixture(scope="module")
def parsed_user_agents() -> ModuleType:
    """The Python model, which is no module of a package."""
    path = PROJECT / "models" / "staging" / "parsed_user_agents.py"
    specification = importlib.util.spec_from_file_location(path.stem, path)
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 "
            "(KHTML, like Gecko) Chrome/143.0.7499.40 Safari/537.36 Edg/143.0.3650.66",
            ("Edge", "143.0.3650.66", "Windows", "10", None),
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) "
            "AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/18.2 Mobile/15E148 Safari/604.1",
            ("Mobile Safari", "18.2", "iOS", "18.2", "iPhone"),
        ),
        (
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            ("Googlebot", "2.1", None, None, "Spider"),
        ),
        ("no agent at all", (None, None, None, None, None)),
        ("", (None, None, None, None, None)),
    ],
)
def test_user_agents_are_read(
    parsed_user_agents: ModuleType, text: str, expected: tuple[str | None, ...]
) -> None:
    assert parsed_user_agents.parse_user_agent(text) == expected


def test_with_other_regexes_agents_are_read_again(
    parsed_user_agents: ModuleType,
) -> None:
    """A table is made anew where its code has changed: it names their version."""
    assert version("ua-parser-builtins") == parsed_user_agents.REGEXES


@pytest.fixture(scope="module")
def expressions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the macros are in SQL, of a column named `value`."""
    names = ("truncated_ip", "ipv6_groups", "without_ip")
    query = "\n---\n".join(f"{{{{ {name}('value') }}}}" for name in names)
    database = tmp_path_factory.mktemp("macros") / DATABASE_NAME
    result = run_dbt("--quiet", "compile", "--inline", query, database=database)
    assert result.returncode == 0, result.stdout[-3000:]
    return dict(zip(names, result.stdout.split("\n---\n"), strict=True))


def evaluate(expression: str, values: Iterable[str]) -> list[str | None]:
    """The expression's value for each of the values."""
    frame = pd.DataFrame({"value": list(values)}, dtype="str")
    with duckdb.connect() as connection:
        connection.register("frame", frame)
        rows = connection.execute(f"select {expression} from frame").fetchall()
    return [row[0] for row in rows]


def network(text: str) -> str | None:
    """The network of an address, as Python's own module reads it."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and "." in text:
        address = address.ipv4_mapped or address
    bits = 24 if address.version == 4 else 48
    whole = ipaddress.ip_network((address, bits), strict=False)
    return str(whole.network_address)


def written_addresses() -> Iterator[str]:
    """Addresses in the forms in which they are written, and texts close to them."""
    random = Random(7)
    for _ in range(3000):
        yield str(ipaddress.IPv4Address(random.getrandbits(32)))
        yield f"::ffff:{ipaddress.IPv4Address(random.getrandbits(32))}"
        # Zeros in every place, so that :: stands in every place.
        groups = [random.choice((0, 0, random.getrandbits(16))) for _ in range(8)]
        address = ipaddress.IPv6Address(":".join(f"{group:x}" for group in groups))
        yield from (str(address), address.exploded, address.exploded.upper())
        letters = list(str(address))
        letters[random.randrange(len(letters))] = random.choice("0:.g")
        yield "".join(letters)
        numbers = [random.choice((0, 9, 99, 255, 256, 300, 1000)) for _ in range(4)]
        yield ".".join(map(str, numbers))
    yield from ("", "unknown", "::", "::1", "1::", ":", ":::", "1:2:3:4:5:6:7::")
    yield from ("1::2:3:4:5:6:7:8", "01.2.3.4", "1.2.3", "1.2.3.4.5", "fe80::1%eth0")
    yield from ("2001:db8::192.0.2.1", "1.2.3.4/32", "12345::", " 1.2.3.4")


def test_networks_are_those_that_python_reads(expressions: dict[str, str]) -> None:
    addresses = list(written_addresses())
    cut = evaluate(expressions["truncated_ip"], addresses)
    expected = [network(address) for address in addresses]
    different = [
        (address, mine, theirs)
        for address, mine, theirs in zip(addresses, cut, expected, strict=True)
        if mine != theirs
    ]
    assert different == []
    assert sum(address is None for address in expected) > 1000


def test_an_address_may_stand_with_its_port(expressions: dict[str, str]) -> None:
    written = ["203.0.113.77:443", "[2001:db8:1:2::3]", "[2001:db8:1:2::3%en0]:443"]
    cut = evaluate(expressions["truncated_ip"], written)
    assert cut == ["203.0.113.0", "2001:db8:1::", "2001:db8:1::"]


@pytest.mark.parametrize(
    ("object_", "expected"),
    [
        ({"ip": "192.0.2.1", "zip": "0150"}, {"ip": None, "zip": "0150"}),
        ({"a": {"b": [{"ip_address": "::1"}]}}, {"a": {"b": [{"ip_address": None}]}}),
        ({"$ip": "192.0.2.1"}, {"$ip": None}),
        ({"user_ipaddress": "192.0.2.1"}, {"user_ipaddress": None}),
        ({"clientIp": "192.0.2.1", "c": 1}, {"clientIp": None, "c": 1}),
        ({"X-Forwarded-For": "192.0.2.1, ::1"}, {"X-Forwarded-For": None}),
        ({"ips": ["192.0.2.1", "::1"]}, {"ips": None}),
        ({"ip": None, "tip": "yes", "ip_allowed": True}, None),
        ({"recipe": "a", "ship": "b", "name": "ip", "script": "ip"}, None),
        ({"text": '{"ip":"192.0.2.1"}'}, None),
        ({'a"ip': 'b"c'}, {'a"ip': None}),
        (
            {"loginIp": "::1", "lastIP": "::1", "ship": "a"},
            {"loginIp": None, "lastIP": None, "ship": "a"},
        ),
        ({"ip": {"v4": "192.0.2.1"}, "IPs": [["::1"]]}, {"ip": None, "IPs": None}),
        (
            [{"key": "client_ip", "value": {"string_value": "::1"}}],
            [{"key": "client_ip", "value": None}],
        ),
        ({"name": "ip_address", "value": "::1"}, {"name": "ip_address", "value": None}),
        ({"name": "ship", "value": "a", "chip": "b", "clip": ["a"]}, None),
    ],
)
def test_no_full_address_is_shown(
    expressions: dict[str, str], object_: object, expected: object
) -> None:
    for separators in ((",", ":"), (", ", ": "), (" , ", " : ")):
        text = json.dumps(object_, separators=separators)
        shown = evaluate(expressions["without_ip"], [text])[0]
        assert shown is not None
        assert json.loads(shown) == (object_ if expected is None else expected)


def test_click_parameters_are_those_of_the_seed(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    database = tmp_path_factory.mktemp("clicks") / DATABASE_NAME
    query = "{{ click_parameters('paid') }}|{{ click_parameters('any') }}"
    result = run_dbt("--quiet", "compile", "--inline", query, database=database)
    with open(PROJECT / "seeds/reference/click_ids.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert result.stdout.strip().split("|") == [row["parameter"] for row in rows]


LOCATIONS = (
    "geoname_id,locale_code,continent_code,continent_name,country_iso_code,country_name,"
    "subdivision_1_iso_code,subdivision_1_name,subdivision_2_iso_code,"
    "subdivision_2_name,city_name,metro_code,time_zone,is_in_european_union\n"
    "3143244,en,EU,Europe,NO,Norway,03,Oslo,,,Oslo,,Europe/Oslo,0\n"
)
BLOCKS = (
    "network,geoname_id,registered_country_geoname_id,represented_country_geoname_id,"
    "is_anonymous_proxy,is_satellite_provider,postal_code,latitude,longitude,"
    "accuracy_radius\n"
)


def write_maxmind(folder: Path, network: str) -> Path:
    """A folder as GeoLite2-City-CSV is one, that knows one network and Oslo."""
    (folder / "GeoLite2-City-Locations-en.csv").write_text(LOCATIONS)
    row = f"{network},3143244,3144096,,0,0,0150,59.9,10.7,20\n"
    (folder / "GeoLite2-City-Blocks-IPv4.csv").write_text(BLOCKS + row)
    row = "2001:db8::/32,,3143244,,0,0,,,,\n"
    (folder / "GeoLite2-City-Blocks-IPv6.csv").write_text(BLOCKS + row)
    return folder


def write_dbip(folder: Path, network: str) -> Path:
    """A file as DB-IP's city file is one, that knows the same."""
    whole = ipaddress.ip_network(network)
    path = folder / "dbip-city.csv"
    path.write_text(
        f"{whole[0]},{whole[-1]},EU,NO,Oslo,Oslo,59.9,10.7\n"
        "2001:db8::,2001:db8:ffff:ffff:ffff:ffff:ffff:ffff,EU,NO,Oslo,Oslo,59.9,10.7\n"
    )
    return path


@pytest.mark.parametrize("write", [write_maxmind, write_dbip])
def test_places_are_those_of_the_database(
    write: Callable[[Path, str], Path],
    sample_database: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    database = copy_database(sample_database, tmp_path)
    assert read(database, "select count(*) from staging.ip_locations") == [(0,)]
    query = "select min(ip) from staging.staged_events where ip like '%.0'"
    ip = read(database, query)[0][0]
    folder = tmp_path / "geography"
    folder.mkdir()
    path = write(folder, f"{ip}/25")
    monkeypatch.setenv("THROUGHLINE_GEO_DATABASE_PATH", str(path))
    models = ("geography_networks", "ip_locations")
    result = run_dbt("run", "--select", *models, database=database)
    assert result.returncode == 0, result.stdout[-3000:]
    found = read(database, "from staging.ip_locations")
    assert found == [(ip, "NO", "Oslo", "Oslo")]
    query = (
        "select distinct country, city, count(*) > 0 from events where ip = $1 group"
    )
    rows = read(database, f"{query} by all", ip)
    assert rows == [("NO", "Oslo", True)]
    assert read(database, "select count(*) from staging.geography_networks") == [(2,)]
    # Next month the provider says otherwise, in files of the same names.
    for file in [path] if path.is_file() else path.iterdir():
        file.write_text(file.read_text().replace("Oslo", "Christiania"))
    result = run_dbt("run", "--select", *models, database=database)
    assert result.returncode == 0, result.stdout[-3000:]
    assert read(database, "select city from staging.ip_locations") == [("Christiania",)]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("missing.csv", None, "No geography file matches"),
        ("folder", None, "No geography file matches"),
        ("dbip.csv", "1.0.0.0,1.0.0.255,NO\n", "not those of DB-IP's city file"),
        ("maxmind", "network,asn\n1.0.0.0/24,1\n", "not those of GeoLite2-City-CSV"),
    ],
)
def test_a_geography_database_that_is_none_is_named(
    name: str,
    text: str | None,
    expected: str,
    sample_database: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    database = copy_database(sample_database, tmp_path)
    path = tmp_path / name
    if text is not None and path.suffix:
        path.write_text(text)
    elif text is not None:
        path.mkdir()
        write_maxmind(path, "1.0.0.0/24")
        (path / "GeoLite2-City-Blocks-IPv4.csv").write_text(text)
    monkeypatch.setenv("THROUGHLINE_GEO_DATABASE_PATH", str(path))
    result = run_dbt("run", "--select", "geography_networks", database=database)
    assert result.returncode != 0
    assert expected in " ".join(result.stdout.split())
    assert "or unset it to do without" in " ".join(result.stdout.split())


# -- internal traffic -----------------------------------------------------------------


def test_internal_traffic_is_flagged_or_filtered_and_counted(tmp_path: Path) -> None:
    project = own_project(tmp_path)
    (project / "seeds" / "reference" / "internal_traffic.csv").write_text(
        "rule,attribute,operator,value,action,description\n"
        "office,ip,in_network,192.0.2.64/26,filter,\n"
        "testers,email_domain,equals,EX.test,flag,\n"
    )
    sent = {"event": "Bought", "timestamp": "2026-01-02T03:04:05Z"}
    batch = {"mpid": "7", "source_request_id": "r"}
    data = {"timestamp_unixtime_ms": 1767323045000, "event_name": "Bought"}
    custom = {"event_type": "custom_event", "data": data | {"event_id": "1"}}
    bodies = [
        sent | {"event_id": "in", "user_id": "a", "context": {"ip": "192.0.2.65"}},
        sent | {"event_id": "out", "user_id": "a", "context": {"ip": "192.0.2.1"}},
        sent | {"event_id": "tester", "user_id": "ann@ex.test"},
        batch | {"environment": "development", "events": [custom]},
        batch
        | {"environment": "production", "mpid": "8", "events": [custom]}
        | {"source_request_id": "s"},
    ]
    events = tmp_path / "events"
    events.mkdir()
    text = "".join(json.dumps(body) + "\n" for body in bodies)
    (events / "file.jsonl").write_text(text)
    database = tmp_path / DATABASE_NAME
    selection = ("--select", "+events", "+event_ledger")
    build(*selection, database=database, events_path=events, project=project)
    assert read(
        database,
        "select collector, landed, kept, filtered, rejected from event_ledger"
        " order by 1",
    ) == [("mparticle", 2, 1, 1, 0), ("throughline", 3, 2, 1, 0)]
    assert read(
        database,
        "select event_id, is_internal from events where collector = 'throughline'"
        " order by 1",
    ) == [("out", False), ("tester", True)]
    assert read(database, "select rule from staging.filtered_events order by 1") == [
        ("development",),
        ("office",),
    ]


def test_rules_that_could_never_match_are_named(tmp_path: Path) -> None:
    project = own_project(tmp_path)
    # dbt looks for tests in folders, not in what only points to one.
    invariants = project / "tests" / "invariants"
    invariants.unlink()
    shutil.copytree(PROJECT / "tests" / "invariants", invariants)
    reference = project / "seeds" / "reference"
    (reference / "custom_channel_rules.csv").write_text(
        "position,channel,source_category,source_pattern,medium_pattern,"
        "campaign_pattern,description\n"
        "1,Partners,,^partner\\S+$,,,\n"
        "2,Mail,letters,,,,\n"
        "3,Shops,,(,,,\n"
        "4,Brand,,,,Brand,\n"
        ",Nowhere,,x,,,\n"
    )
    (reference / "internal_traffic.csv").write_text(
        "rule,attribute,operator,value,action,description\n"
        "office,ip,in_network,192.0.2.64/26,filter,\n"
        "home,ip,in_network,2001:db8::/32,flag,\n"
        "wide,ip,in_network,192.0.2.0/40,flag,\n"
        "host,ip,in_network,localhost,flag,\n"
    )
    selection = ("--select", "+rules_of_your_own_can_be_read")
    database = tmp_path / DATABASE_NAME
    result = run_dbt("build", *selection, database=database, project=project)
    assert result.returncode != 0
    said = " ".join(result.stdout.split())
    for words in (
        "expected a position and a channel in every row",
        "rule of Mail, column source_category: expected a category",
        "rule of Shops, column source_pattern: expected a regular expression",
        "rule of Brand, column campaign_pattern: expected a regular expression",
        "rule wide, column value: expected a network",
        "rule host, column value: expected a network",
    ):
        assert words in said
    for rule in ("rule of Partners", "rule office", "rule home"):
        assert rule not in said

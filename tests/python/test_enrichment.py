"""What user agents and addresses say, held against other people's readings of them."""

from __future__ import annotations

import csv
import importlib.util
import ipaddress
import json
from collections.abc import Iterable, Iterator
from random import Random
from types import ModuleType

import duckdb
import pandas as pd
import pytest

from databases import DATABASE_NAME, PROJECT, run_dbt


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

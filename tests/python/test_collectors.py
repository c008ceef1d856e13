"""Every collector's documented shape becomes events, and no line is ever lost."""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from databases import DATABASE_NAME, PROJECT, build, read, run_dbt
from recognise_events import events_in

DOCUMENTED = PROJECT / "tests" / "fixtures" / "collectors" / "documented.jsonl"
JUDGED = ("--select", "+events", "+event_ledger", "+landed_files")


def lines_of(*bodies: dict[str, Any]) -> str:
    return "".join(json.dumps(body) + "\n" for body in bodies)


def built(folder: Path, text: str) -> Path:
    """The database of a build of one file that holds the text."""
    (folder / "events").mkdir(exist_ok=True)
    (folder / "events" / "file.jsonl").write_text(text, encoding="utf-8")
    database = folder / DATABASE_NAME
    build(*JUDGED, database=database, events_path=folder / "events")
    return database


# -- the documented examples ----------------------------------------------------------

# collector, event id, type, name, time, user id, anonymous id, session id, properties
EXPECTED = [
    (
        *("amplitude", "7b1f6c9e-0000-4000-8000-000000000001", "track", "signup"),
        *("2026-01-02 03:04:05", None, "d-1", "1767323045000", {"plan": "pro"}),
    ),
    (
        *("ga4", None, "page", "page_viewed", "2026-01-02 03:04:05", None, "111.222"),
        "111.222.1767323000",
        {"ga_session_id": 1767323000, "page_location": "https://ex.test/"},
    ),
    (
        *("heap", "5011", "track", "clicked_buy", "2026-01-02 03:04:05"),
        *(None, "42", "77", None),
    ),
    (
        *("kissmetrics", None, "alias", "alias", "2026-01-02 03:04:10"),
        *("person@ex.test", None, None, None),
    ),
    (
        *("kissmetrics", None, "track", "visited_site", "2026-01-02 03:04:05"),
        *("person@ex.test", None, None, {"url": "https://ex.test/"}),
    ),
    (
        *("mixpanel", "x1", "track", "signed_up", "2026-01-02 03:04:05"),
        *(None, "d-1", None, None),
    ),
    (
        *("mparticle", "sm-1", "track", "click", "2026-01-02 03:04:05", "u-1"),
        *("7346244611012968789", "s-1", {"b": "buy"}),
    ),
    (
        *("mparticle", "sm-2", "track", "session_end", "2026-01-02 03:04:55", "u-1"),
        *("7346244611012968789", "s-1", None),
    ),
    (
        *("posthog", "0194246b-0000-7000-8000-000000000001", "page", "page_viewed"),
        *("2026-01-02 03:04:05.123456", "u-1", "d-1"),
        *("0194246b-0000-7000-8000-0000000000ff", None),
    ),
    (
        *(
            "rudderstack",
            "r-1",
            "track",
            "product_viewed",
            "2026-01-02 03:04:05.500000",
        ),
        *("u-1", "a-1", None, {"sku": "s1"}),
    ),
    (
        *("segment", "m-1", "track", "order_completed", "2026-01-02 03:04:15.500000"),
        *("u-1", "a-1", None, {"order_id": "o1", "revenue": 9.5}),
    ),
    (
        *("snowplow", "c6ef3124-b53a-4b13-a233-0088f79d0001", "track", "add_to_cart"),
        *("2026-01-02 03:04:05.500000", None, "du-1"),
        *("6f2e1d00-0000-4000-8000-000000000002", {"sku": "s1", "qty": 2}),
    ),
]


@pytest.fixture(scope="module")
def documented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("documented"), DOCUMENTED.read_text())


def test_documented_examples_become_events(documented: Path) -> None:
    found = read(
        documented,
        """
        select
            collector,
            case when collector not in ('ga4', 'kissmetrics') then event_id end,
            event_type, event_name, occurred_at, user_id, anonymous_id,
            source_session_id, cast(properties as varchar)
        from events
        """,
    )
    found = [
        (*row[:4], str(row[4]), *row[5:8], row[8] and json.loads(row[8]))
        for row in found
    ]
    assert sorted(found, key=str) == sorted(EXPECTED, key=str)


def test_the_check_of_raw_files_reads_them_as_the_models_do(documented: Path) -> None:
    bodies = [json.loads(line) for line in DOCUMENTED.read_text().splitlines() if line]
    seen = sorted(
        (event.name, json.dumps(event.properties, sort_keys=True))
        for body in bodies
        for event in events_in(body)
    )
    kept = read(
        documented,
        "select event_name, properties from events"
        " where event_type in ('track', 'page', 'screen')",
    )
    assert seen == sorted(
        (name, json.dumps(json.loads(properties or "{}"), sort_keys=True))
        for name, properties in kept
    )


def test_a_batch_counts_its_events(documented: Path) -> None:
    ledger = read(documented, "select collector, landed, kept from event_ledger")
    assert dict((row[0], row[1:]) for row in ledger)["mparticle"] == (2, 2)
    assert sum(row[1] for row in ledger) == len(EXPECTED)


def test_merges_make_one_person(documented: Path) -> None:
    query = """
        select count(*), count(distinct person_id) from person_identifiers
        where identifier in ('anon-abc=', 'person@ex.test')
    """
    assert read(documented, query) == [(2, 1)]


# -- dirt -----------------------------------------------------------------------------

DIRT = {
    "padding": "x" * 5_000_000,
    "doubled": "first",
    "big": 2**63 + 12345,
    "word": "zażółć 🎉 \u2028",
    "nested": [[1, None], {"a": []}],
    "nothing": None,
}


def with_dirt(line: str) -> bytes:
    """A documented line whose event carries the dirt too, as a file of one line."""
    body = json.loads(line)
    dirt = DIRT
    if "event_params" in body:
        # GA4 has texts and numbers alone.
        texts = ("padding", "doubled", "word")
        dirt = {}
        for name in texts:
            value = {"string_value": DIRT[name]}
            body["event_params"].append({"key": name, "value": value})
    elif "events" in body:
        body["events"][0]["data"]["custom_attributes"] |= dirt
    else:
        places = ("properties", "event_properties", *body)
        holders = [body[p] for p in places if isinstance(body.get(p), dict)]
        (holders or [body])[0].update(dirt)
    text = json.dumps(body, ensure_ascii=False)
    text = text.replace('"first"', '"first", "doubled": "second"')
    return b"\xef\xbb\xbf" + text.encode() + b"\r\n\r\n"


@pytest.fixture(scope="module")
def dirty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dirty")
    (folder / "events").mkdir()
    own = {"event": "Bought", "timestamp": "2026-01-02T03:04:05Z", "user_id": "u1"}
    lines = [*DOCUMENTED.read_text().splitlines(), json.dumps(own | {"properties": {}})]
    for number, line in enumerate(lines):
        # An alias has no properties.
        if "_p2" not in line:
            (folder / "events" / f"{number:02}.jsonl").write_bytes(with_dirt(line))
    database = folder / DATABASE_NAME
    build(*JUDGED, database=database, events_path=folder / "events")
    return database


def test_every_collectors_dirt_is_kept_as_it_is(dirty: Path) -> None:
    # PostHog's documented line and Segment's are of one event each, mParticle's of two.
    assert read(
        dirty,
        "select count(*), count(distinct collector), sum(kept), sum(landed)"
        " from event_ledger",
    ) == [(11, 11, 12, 12)]
    found = read(
        dirty,
        "select collector, properties from events where event_name <> 'session_end'",
    )
    assert len(found) == 11
    for collector, properties in found:
        # Of a key that comes twice the first counts.
        pairs = json.loads(properties, object_pairs_hook=lambda pairs: pairs[::-1])
        texts = {name: value for name, value in pairs if name in DIRT}
        expected = DIRT
        if collector == "ga4":
            expected = {name: DIRT[name] for name in ("padding", "doubled", "word")}
        assert texts.keys() == expected.keys(), collector
        assert texts["padding"] == DIRT["padding"], collector
        assert texts["doubled"] == "first", collector
        assert texts["word"] == DIRT["word"], collector
        if "big" in expected:
            whole = dict(json.loads(properties).items())
            assert whole["big"] == DIRT["big"], collector
            assert whole["nested"] == DIRT["nested"], collector
            assert whole["nothing"] is None, collector


# -- rules of the vendors -------------------------------------------------------------


def mixpanel(insert_id: str, processed: int, **properties: Any) -> dict[str, Any]:
    return {
        "event": "Bought",
        "properties": {
            "time": 1767323045,
            "distinct_id": "u1",
            "$insert_id": insert_id,
            "mp_processing_time_ms": 1767323046000 + processed,
            **properties,
        },
    }


def snowplow(event_id: str, fingerprint: str, second: int) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "event_fingerprint": fingerprint,
        "event": "page_view",
        "collector_tstamp": f"2026-01-02T03:04:{second:02}Z",
        "derived_tstamp": "2026-01-02T03:04:00Z",
        "domain_userid": "d1",
    }


def amplitude(**keys: Any) -> dict[str, Any]:
    return {
        "event_type": "Bought",
        "event_properties": {},
        "device_id": "d1",
        "client_event_time": "2026-01-02 03:04:05.000",
        "client_upload_time": "2026-01-02 03:04:06.000",
        "server_received_time": "2026-01-02 03:04:06.300",
        **keys,
    }


def posthog(event: str, **properties: Any) -> dict[str, Any]:
    return {
        "uuid": f"uuid-{event}",
        "event": event,
        "distinct_id": "u1",
        "timestamp": "2026-01-02T03:04:05Z",
        "properties": json.dumps(properties),
    }


@pytest.fixture(scope="module")
def ruled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = lines_of(
        mixpanel("i1", 1, copy="early"),
        mixpanel("i1", 3, copy="late"),
        mixpanel("i1", 2, copy="middle"),
        mixpanel("i1", 9, copy="other", time=1767323099),
        snowplow("s1", "f1", 9),
        snowplow("s1", "f1", 5),
        snowplow("s2", "f1", 5),
        snowplow("s2", "f2", 5),
        snowplow("paid", "f1", 5)
        | {"event": "transaction", "tr_total": 12.5, "tr_currency": "EUR"},
        amplitude(
            uuid="paid",
            event_type="revenue_amount",
            event_properties={"$price": 2.5, "$quantity": 3},
        ),
        amplitude(**{"$insert_id": "a1"}),
        amplitude(**{"$insert_id": "a1"}),
        amplitude(**{"$insert_id": "a1", "device_id": "d2"}),
        amplitude(
            uuid="skewed",
            client_upload_time="2026-01-02 02:04:06.000",
            server_received_time="2026-01-02 03:04:06.000",
            client_event_time="2026-01-02 02:04:05.000",
        ),
        amplitude(uuid="nearly right", client_upload_time="2026-01-02 03:03:30.000"),
        posthog("$identify", **{"$anon_distinct_id": "anon-1", "$set": {"plan": "x"}}),
        posthog("$create_alias", alias="u0"),
        posthog("Bought", sku="s1"),
        {
            "_n": "big",
            "_p": "p1",
            "_t": "1767323045",
            "id": 900719925474099312,
            "é": None,
            "list": [[1], {"a": None}],
        },
        {
            "type": "merge",
            "messageId": "r1",
            "originalTimestamp": "2026-01-02T00:00:00Z",
        }
        | {"mergeProperties": [{"type": "user_id", "value": "ua"}] * 1}
        | {"channel": "server"},
        {"_p": "", "_n": "nobody", "_t": 1767323045},
        {"mpid": "1", "events": []},
    )
    return built(tmp_path_factory.mktemp("ruled"), text)


def kept(database: Path, collector: str, columns: str) -> list[tuple[Any, ...]]:
    return read(
        database,
        f"select {columns} from events where collector = ? order by all",
        collector,
    )


def test_the_copy_that_mixpanel_processed_last_survives(ruled: Path) -> None:
    found = kept(ruled, "mixpanel", "properties->>'copy'")
    assert found == [("late",), ("other",)]


def test_a_snowplow_id_with_two_fingerprints_is_two_events(ruled: Path) -> None:
    found = kept(ruled, "snowplow", "event_id, extract(second from received_at)")
    assert found == [("paid", 5), ("s1", 5), ("s2-f1", 5), ("s2-f2", 5)]


def test_amplitude_events_without_uuid_are_told_apart_by_their_device(
    ruled: Path,
) -> None:
    found = kept(ruled, "amplitude", "event_id, anonymous_id")
    assert [row for row in found if row[0].startswith("a1")] == [
        ("a1-d1", "d1"),
        ("a1-d2", "d2"),
    ]


def test_amplitude_clocks_are_set_right_only_beyond_a_minute(ruled: Path) -> None:
    found = dict(kept(ruled, "amplitude", "event_id, cast(occurred_at as varchar)"))
    assert found["skewed"] == "2026-01-02 03:04:05"
    assert found["nearly right"] == "2026-01-02 03:04:05"


def test_revenue_is_read_where_a_collector_keeps_it(ruled: Path) -> None:
    found = read(
        ruled,
        "select collector, event_id, cast(revenue as double), currency from events"
        " where revenue is not null order by all",
    )
    assert found == [
        ("amplitude", "paid", 7.5, None),
        ("snowplow", "paid", 12.5, "EUR"),
    ]


def test_posthog_properties_may_be_text(ruled: Path) -> None:
    found = kept(ruled, "posthog", "event_type, cast(properties as varchar)")
    assert found == [("alias", '{"alias":"u0"}'), ("identify", None)] + [
        ("track", '{"sku":"s1"}')
    ]
    people = read(
        ruled,
        "select count(distinct person_id) from person_identifiers"
        " where identifier in ('u0', 'u1', 'anon-1')",
    )
    assert people == [(1,)]


def test_large_numbers_nulls_and_nested_lists_stay_as_they_are(ruled: Path) -> None:
    found = read(
        ruled,
        "select cast(properties as varchar) from events where event_name = 'big'",
    )
    assert found == [('{"id":900719925474099312,"é":null,"list":[[1],{"a":null}]}',)]


def test_what_is_no_event_is_rejected_with_its_line(ruled: Path) -> None:
    found = read(ruled, "select reason, line_number from rejected_events order by 2")
    assert found == [
        ("missing_identifier", 20),
        ("missing_identifier", 21),
        ("empty_batch", 22),
    ]


# -- values that stand beside empty ones, or where nobody else puts them ---------------


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    page = {
        "event_id": "shown",
        "event_name": "page_view",
        "collector_tstamp": "2026-01-02T03:04:06Z",
        "domain_userid": "d1",
        "unstruct_event_com_acme_a_1": None,
    }
    heap = {"event_id": "h1", "session_id": "7", "time": "2026-01-02 03:04:05"}
    location = "https://ex.test/l?utm_source=google&utm_medium=cpc&gclid=zz"
    own = {"event": "a", "timestamp": "2026-01-02T03:04:05Z"}
    parameters = [
        {"key": key, "value": {"string_value": value}}
        for key, value in (("k", "first"), ("other", "o"), ("k", "second"))
    ]
    folder = tmp_path_factory.mktemp("odd")
    (folder / "events").mkdir()
    (folder / "events" / "early.JSONL").write_text(
        lines_of(
            {"mpid": "1", "environment": "development"}
            | {"events": [mparticle_event("dp1", sku="of the test")]}
        )
    )
    text = lines_of(
        page,
        page
        | {"event_id": "added", "event": "unstruct", "event_name": "add_to_cart"}
        | {"unstruct_event_com_acme_add_to_cart_1": {"sku": "s1"}},
        own | {"event_id": "aged", "user_id": "u1", "created_at": "2020-05-01"},
        own | {"event_id": "o1", "anonymous_id": "  ", "device_id": "oc42"},
        own | {"event_id": "o2", "user_id": "u1", "event": "", "event_name": "Real"},
        own | {"event_id": "o3", "user_id": "u1", "_p": "a property"},
        own
        | {"event_id": "bad", "user_id": "u1"}
        | {"timestamp": "2026-01-02T03:04:05+25:00"},
        own
        | {"event_id": "o4", "user_id": "u1", "type": "page"}
        | {"context": {"page": {"url": ""}, "campaign": {"source": ""}}}
        | {"properties": {"url": location, "path": ""}},
        own | {"type": "alias", "event_id": "t1", "user_id": "D1", "previous_id": "x"},
        own | {"type": "alias", "event_id": "t2", "user_id": "D2", "previous_id": "x"},
        own | {"event_id": "t3", "anonymous_id": "D1"},
        own | {"event_id": "t4", "anonymous_id": "D2"},
        heap | {"user_id": "900", "path": "/pricing", "domain": "ex.test"},
        heap | {"event_id": "h2", "user_id": "900", "event_name": "", "type": "click"},
        amplitude(
            uuid="a1",
            event_properties={"[Amplitude] Page Location": location}
            | {"[Amplitude] Page URL": "https://ex.test/l"},
        ),
        mixpanel("m1", 1, **{"$user_id": "", "$device_id": ""}),
        posthog("$screen", **{"$screen_name": "Home", "gbraid": "g1", "$device_id": ""})
        | {"uuid": "p1"},
        posthog("Kept") | {"uuid": "p2", "properties": '{"n":null,"o":{"a":null}}'},
        {"mpid": "1", "user_identities": {"customer_id": "", "email": "e@x"}}
        | {"device_info": {"device_uuid": ""}}
        | {"events": [mparticle_event("dp1", sku="sold")]},
        {"_n": "seen", "_p": "k1", "_p2": "", "_t": 1767323045},
        amplitude(uuid="a2", event_properties=[]),
        {"event_name": "twice", "user_pseudo_id": "g1", "stream_id": "1"}
        | {"event_timestamp": "1767323045000000", "event_params": parameters},
        *further_lines(page, own),
    )
    (folder / "events" / "late.jsonl").write_text(text)
    build(*JUDGED, database=folder / DATABASE_NAME, events_path=folder / "events")
    return folder / DATABASE_NAME


def further_lines(
    page: dict[str, Any], own: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """Lines that say one thing in two places, or in other words than most."""
    struct = page | {"event": "struct", "event_name": "event", "se_action": "add"}
    yield (
        struct
        | {"event_id": "s1", "se_value": 2.5, "mkt_clickid": "zz"}
        | {"mkt_network": "Google"}
    )
    yield page | {"event_id": "s2", "dvce_created_tstamp": "2019-01-01 00:00:00"}
    yield (
        page
        | {"event_id": "s3", "dvce_created_tstamp": "2026-01-02 03:04:05"}
        | {"dvce_sent_tstamp": "2026-01-02 02:04:05"}
    )
    yield (
        page
        | {"event_id": "s4", "true_tstamp": ""}
        | {"derived_tstamp": "2026-01-02 03:04:04"}
    )
    for processed, told in enumerate((1767323045, 1767323045000, 1767323045.0)):
        yield mixpanel("m2", processed, time=told, **{"$referrer": "$direct"})
    yield posthog("$set", alias="someone else", **{"$set": {"plan": "x"}}) | {
        "uuid": "p3"
    }
    identify = {"event_type": "$identify", "user_properties": {"$add": {"n": 1}}}
    yield amplitude(uuid="a3", **identify)
    yield amplitude(
        uuid="a4",
        event_type="$groupidentify",
        groups={"org": "o1"},
        group_properties={"$set": {"size": 5}},
    )
    advertising = {"ios_advertising_id": "00000000-0000-0000-0000-000000000000"}
    yield {"mpid": "2", "device_info": advertising} | {
        "events": [mparticle_event("dp2", total=1)]
    }
    message = {"userId": "u1", "timestamp": "2026-01-02T03:04:05Z", "channel": "server"}
    library = {"library": {"name": "analytics-node"}, "traits": {"plan": "gold"}}
    yield (
        message
        | {"messageId": "r1", "type": "identify", "rudderId": "r"}
        | {
            "context": library,
            "traits": {},
        }
    )
    yield (
        message
        | {"messageId": "r2", "type": "page", "name": "Home"}
        | {
            "category": "Docs",
            "context": {
                "page": {"referrer": "", "initial_referrer": "https://ex.test/"}
            },
        }
    )
    yield (
        message
        | {"messageId": "r3", "type": "page", "channel": "web"}
        | {
            "context": {
                "page": {"referrer": "$direct", "initial_referrer": "https://x.y"}
            }
        }
    )
    yield own | {"event_id": None, "distinct_id": "x", "device_id": "o5"}
    yield {"event_name": "purchase", "user_pseudo_id": "g2", "stream_id": "1"} | {
        "event_timestamp": "1767323046000000",
        "ecommerce": {"purchase_revenue": 9.5},
    }


def mparticle_event(message_id: str, **attributes: Any) -> dict[str, Any]:
    return {
        "event_type": "commerce_event",
        "data": {
            "source_message_id": message_id,
            "timestamp_unixtime_ms": 1767323045000,
            "product_action": {"action": "purchase", "total_amount": 9.5},
            "currency_code": "EUR",
            "custom_attributes": attributes,
        },
    }


def test_only_what_cannot_be_an_event_is_rejected(odd: Path) -> None:
    found = read(odd, "select reason, line_number from rejected_events")
    assert found == [("invalid_timestamp", 7)]


@pytest.mark.parametrize(
    ("event_id", "columns", "expected"),
    [
        ("shown", "event_name, properties", ("page_viewed", None)),
        ("added", "properties->>'sku'", ("s1",)),
        ("aged", "received_at, properties->>'created_at'", (None, "2020-05-01")),
        ("o1", "anonymous_id", ("oc42",)),
        ("o2", "event_name", ("real",)),
        ("o3", "collector, properties->>'_p'", ("throughline", "a property")),
        ("o4", "page_path, utm_source, click_id", ("/l", "google", "zz")),
        ("h1", "event_name, page_path", ("page_viewed", "/pricing")),
        ("h2", "event_name", ("click",)),
        ("a1", "utm_medium, channel, click_id", ("cpc", "Paid Search", "zz")),
        ("a2", "cast(properties as varchar)", (None,)),
        ("m1", "user_id, anonymous_id", ("u1", None)),
        ("p1", "properties->>'$.\"$screen_name\"', click_id", ("Home", "g1")),
        ("p2", "cast(properties as varchar)", ('{"n":null,"o":{"a":null}}',)),
        (
            "s1",
            "properties->'se_value', click_id, channel",
            ("2.5", "zz", "Paid Search"),
        ),
        ("s2", "cast(occurred_at as varchar)", ("2026-01-02 03:04:06",)),
        ("s3", "cast(occurred_at as varchar)", ("2026-01-02 03:04:06",)),
        ("s4", "cast(occurred_at as varchar)", ("2026-01-02 03:04:04",)),
        (
            "m2",
            "cast(received_at as varchar), referrer",
            ("2026-01-02 03:04:06.002", None),
        ),
        ("a3", "cast(user_properties as varchar)", (None,)),
        ("a4", "cast(user_properties as varchar)", ('{"size":5}',)),
        ("dp2", "anonymous_id, properties->'total'", ("2", "9.5")),
        ("r1", "collector, user_properties->>'plan'", ("rudderstack", "gold")),
        ("r2", "properties->>'category', referrer", ("Docs", "https://ex.test/")),
        ("r3", "collector, referrer", ("rudderstack", None)),
        (
            "dp1",
            "properties->>'sku', user_id, anonymous_id, revenue, currency",
            ("sold", "e@x", "1", 9.5, "EUR"),
        ),
    ],
)
def test_what_a_line_says_is_read(
    odd: Path, event_id: str, columns: str, expected: tuple[Any, ...]
) -> None:
    found = read(odd, f"select {columns} from events where event_id = ?", event_id)
    assert found == [expected]


def test_devices_that_are_aliased_to_one_id_are_one_person(odd: Path) -> None:
    found = read(
        odd,
        "select identifier_type, identifier, count(distinct person_id) over ()"
        " from person_identifiers where identifier in ('D1', 'D2', 'x') order by all",
    )
    names = [(kind, name) for kind, name, _ in found]
    assert {("anonymous", "D1"), ("anonymous", "D2"), ("user", "x")} <= set(names)
    assert found[0][2] == 1


def test_of_a_parameter_that_comes_twice_the_first_counts(odd: Path) -> None:
    found = kept(odd, "ga4", "cast(properties as varchar)")
    assert found == [('{"k":"first","other":"o"}',), ('{"revenue":9.5}',)]


def test_setting_a_property_called_alias_merges_nobody(odd: Path) -> None:
    query = "select count(*) from person_identifiers where identifier = 'someone else'"
    assert read(odd, query) == [(0,)]


def test_a_line_with_an_id_of_a_device_is_of_the_own_format(odd: Path) -> None:
    query = "select collector, user_id from events where anonymous_id = 'o5'"
    assert read(odd, query) == [("throughline", None)]


def test_an_empty_alias_is_none(odd: Path) -> None:
    found = kept(odd, "kissmetrics", "event_type, event_name, user_id")
    assert found == [("track", "seen", "k1")]


def test_enriched_rows_are_read_by_their_header(tmp_path: Path) -> None:
    iglu = "iglu:com.acme/addToCart/jsonschema/1-0-2"
    own = json.dumps({"schema": "x", "data": {"schema": iglu, "data": {"qty": 2}}})
    session = "iglu:com.snowplowanalytics.snowplow/client_session/jsonschema/1-0-1"
    device = {"schema": session, "data": {"userId": "d1", "sessionId": "s1"}}
    contexts = json.dumps({"schema": "x", "data": [device]})
    header = "app_id event_id event event_name collector_tstamp unstruct_event"
    rows = [
        [*header.split(), "contexts", "user_id"],
        ["", "e1", "unstruct", "add_to_cart", "2026-01-02 03:04:05.123"]
        + [own, contexts, ""],
        ["", "e2", "page_view", "page_view", "2026-01-02 03:04:06", "", "", "u1"],
        ["", "e3", "torn"],
        ["", "e4", "page_view", "page_view", "2026-01-02T03:04:07Z", "", "", "u1"],
        ["", "e5", "page_view", "page_view", "2026-01-02 03:04:08 UTC", "", "", "u1"],
    ]
    database = built(tmp_path, "".join("\t".join(row) + "\n" for row in rows))
    query = """
        select event_id, event_name, cast(properties as varchar), user_id,
            anonymous_id, source_session_id, cast(occurred_at as varchar)
        from events order by event_id
    """
    assert read(database, query) == [
        ("e1", "add_to_cart", '{"qty":2}', None, "d1", "s1", "2026-01-02 03:04:05.123"),
        ("e2", "page_viewed", None, "u1", None, None, "2026-01-02 03:04:06"),
        ("e4", "page_viewed", None, "u1", None, None, "2026-01-02 03:04:07"),
        ("e5", "page_viewed", None, "u1", None, None, "2026-01-02 03:04:08"),
    ]
    query = "select line_number, reason, detail from rejected_events"
    assert read(database, query) == [
        (4, "malformed_row", "The row has 3 fields, the header 8.")
    ]


# -- replay ---------------------------------------------------------------------------


def test_rejected_lines_are_judged_again_by_a_mended_parser(tmp_path: Path) -> None:
    """Without their file, and without a full refresh."""
    older = tmp_path / "older"
    skipped = shutil.ignore_patterns(".*", "target", "logs", "*.duckdb*", "python")
    shutil.copytree(PROJECT, older, ignore=skipped)
    macro = older / "macros" / "recognise_vendor.sql"
    assert "then 'heap'" in macro.read_text()
    macro.write_text(macro.read_text().replace("then 'heap'", "then null"))
    events = tmp_path / "work" / "events"
    events.mkdir(parents=True)
    heap = {"event_id": "1", "user_id": "2", "session_id": "3", "type": "click"}
    lines = [{"what": "is this"}, {**heap, "time": "2026-01-02 03:04:05"}]
    (events / "heap.jsonl").write_text(lines_of(*lines) + "{torn\n")
    database = tmp_path / "work" / DATABASE_NAME
    choice = ("--exclude-resource-type", "unit_test")
    fates = []
    for project in (older, PROJECT):
        result = run_dbt(
            *("build", *JUDGED, *choice),
            database=database,
            events_path=f"{events}/*.jsonl",
            project=project,
        )
        assert result.returncode == 0, result.stdout[-4000:]
        fates.append(
            (
                read(database, "select line_number, reason from rejected_events"),
                read(database, "select event_name from events"),
                read(database, "select sum(landed), sum(kept) from event_ledger"),
            )
        )
        (events / "heap.jsonl").unlink(missing_ok=True)
    unknown, torn = (1, "unknown_format"), (3, "malformed_json")
    assert sorted(fates[0][0]) == [unknown, (2, "unknown_format"), torn]
    assert fates[0][1:] == ([], [(3, 0)])
    assert sorted(fates[1][0]) == [unknown, torn]
    assert fates[1][1:] == ([("click",)], [(3, 1)])


# -- damage ---------------------------------------------------------------------------


def damaged(content: bytes, source: random.Random) -> bytes:
    """The bytes with a few of them changed, lost, added, doubled or cut off."""
    data = bytearray(content)
    for _ in range(source.randint(1, 4)):
        place = source.randrange(len(data) + 1) if data else 0
        length = source.choice((1, 1, 2, 17, 300))
        kind = source.randrange(6)
        if kind == 0:
            data[place : place + length] = source.randbytes(length)
        elif kind == 1:
            del data[place : place + length]
        elif kind == 2:
            data[place:place] = source.randbytes(length)
        elif kind == 3:
            data[place:place] = source.choice(
                (b"\n", b"\r\n", b"\0", b'"', b"{", b"}", b"[", b"]", b"\xff", b"\\")
            )
        elif kind == 4:
            data[place:place] = data[place : place + length]
        else:
            del data[place:]
    return bytes(data)


def test_no_damage_fails_a_build_or_loses_a_line(tmp_path: Path) -> None:
    """2,000 files made of valid lines, of which some bytes are not as they were.

    The environment's THROUGHLINE_TEST_SEED draws others.
    """
    source = random.Random(int(os.environ.get("THROUGHLINE_TEST_SEED", "1")))
    sample = PROJECT / "seeds" / "sample_events"
    lines = DOCUMENTED.read_bytes().splitlines(keepends=True)
    for name in ("2026-01-05_throughline.jsonl.gz", "2026-02-24_segment.jsonl.gz"):
        lines += gzip.decompress((sample / name).read_bytes()).splitlines(True)[:60]
    events = tmp_path / "events"
    events.mkdir()
    for number in range(2000):
        content = b"".join(source.choices(lines, k=source.randint(1, 5)))
        is_packed = source.random() < 0.2
        packed = gzip.compress(content, mtime=0) if is_packed else content
        name = f"{number}.jsonl.gz" if is_packed else f"{number}.jsonl"
        (events / name).write_bytes(damaged(packed, source))
    database = tmp_path / DATABASE_NAME
    build(*JUDGED, database=database, events_path=events)
    totals = read(
        database,
        "select count(distinct file_name), sum(landed), sum(kept),"
        " sum(duplicate), sum(rejected) from event_ledger",
    )[0]
    assert totals[0] == 2000
    assert totals[1] == sum(totals[2:])
    assert min(totals[2:]) > 100

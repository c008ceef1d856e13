"""Who is one person by the vendors' own messages, and what is said of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from databases import DATABASE_NAME, build, read

Body = dict[str, Any]
MINUTES = iter(range(1000))


def at(body: Body) -> str:
    """The next minute, as each collector writes it."""
    minute = next(MINUTES)
    return f"2026-01-{2 + minute // 1440:02} {minute // 60 % 24:02}:{minute % 60:02}:00"


def posthog(uuid: str, event: str, distinct_id: str, **properties: Any) -> Body:
    body = {"uuid": uuid, "event": event, "distinct_id": distinct_id}
    return {**body, "properties": properties, "timestamp": at(body)}


def mixpanel(insert_id: str, event: str, **properties: Any) -> Body:
    time = 1767312000 + 60 * next(MINUTES)
    return {
        "event": event,
        "properties": {"$insert_id": insert_id, "time": time, **properties},
    }


def heap(event_id: str, user_id: str, **keys: Any) -> Body:
    body = {"event_id": event_id, "user_id": user_id, "event_name": "Ev", **keys}
    return {**body, "time": at(body)}


def amplitude(device_id: str, event_type: str, **keys: Any) -> Body:
    body = {"device_id": device_id, "event_type": event_type, **keys}
    return {**body, "event_time": at(body)}


def rudderstack(message_id: str, call: str, **keys: Any) -> Body:
    body = {"type": call, "messageId": message_id, "channel": "web", **keys}
    return {**body, "originalTimestamp": at(body).replace(" ", "T") + "Z"}


LINES = [
    # PostHog: an id that was nobody's yet, with and without a device of another name.
    posthog("ph1", "Ev", "anon"),
    posthog("ph2", "$identify", "user", **{"$anon_distinct_id": "anon"}),
    posthog("ph3", "Ev", "x", **{"$device_id": "d", "$is_identified": False}),
    posthog(
        *("ph4", "$identify", "user2"),
        **{"$device_id": "d", "$anon_distinct_id": "x"},
    ),
    posthog("ph5", "Ev", "dev", **{"$device_id": "dev"}),
    posthog("ph6", "$create_alias", "dev", alias="user3", **{"$device_id": "dev"}),
    posthog("ph7", "Ev", "user3"),
    # Somebody else is identified on a browser where one is already; a chain of devices.
    posthog("ph9", "$identify", "user4", **{"$anon_distinct_id": "d4"}),
    posthog(
        *("ph10", "$identify", "user5"),
        **{"$device_id": "d4", "$anon_distinct_id": "user4"},
    ),
    posthog("ph11", "Ev", "user5"),
    # A group that a server describes is nobody.
    posthog(
        *("ph12", "$groupidentify", "$company_acme"),
        **{"$group_type": "company", "$group_key": "acme", "$group_set": {"size": 5}},
    ),
    # Mixpanel: the same, and merges of a device.
    mixpanel("mp1", "Ev", distinct_id="m-anon"),
    mixpanel(
        *("mp2", "$identify"),
        **{"distinct_id": "m-user", "$identified_id": "m-user", "$anon_id": "m-anon"},
    ),
    mixpanel("mp3", "Ev", distinct_id="$device:m-dev", **{"$device_id": "m-dev"}),
    mixpanel(
        *("mp4", "$create_alias"),
        **{"distinct_id": "m-dev", "$device_id": "m-dev", "alias": "m-user2"},
    ),
    mixpanel("mp5", "Ev", distinct_id="m-user2"),
    mixpanel("mp6", "Ev", distinct_id="$device:md"),
    mixpanel("mp7", "Ev", distinct_id="mu"),
    mixpanel("mp8", "$merge", **{"$distinct_ids": ["md", "mu"]}),
    mixpanel("mp9", "Ev", distinct_id="$device:md2"),
    mixpanel("mp10", "Ev", distinct_id="mu2"),
    mixpanel("mp11", "$merge", **{"$distinct_ids": ["mu2", "$device:md2"]}),
    mixpanel("mp12", "Ev", distinct_id="m-anon2"),
    *(
        mixpanel(
            *(f"mp{number}", "$identify"),
            **{"distinct_id": user, "$identified_id": user, "$anon_id": "m-anon2"},
        )
        for number, user in ((13, "m-user3"), (14, "m-user4"))
    ),
    # Heap: a device that moved to another, of nobody and of somebody.
    heap("h1", "from"),
    heap("h2", "to"),
    {"from_user_id": "from", "to_user_id": "to", "time": "2026-01-03 05:00:00"},
    heap("h3", "1001"),
    heap("h4", "1002", identity="h-user"),
    {"from_user_id": "1001", "to_user_id": "1002", "time": "2026-01-03 05:00:00"},
    *(heap(f"h{number}", f"200{number}") for number in (5, 6)),
    heap("h7", "2007", identity="h-user2"),
    *(
        {"from_user_id": old, "to_user_id": new, "time": "2026-01-03 05:00:00"}
        for old, new in (("2005", "2006"), ("2006", "2007"))
    ),
    # Ids of devices that are elsewhere those of users.
    heap("h8", "2101"),
    {"from_user_id": "2101", "to_user_id": "2102", "time": "2026-01-03 05:00:00"},
    rudderstack("r5", "track", userId="2101", event="Ev"),
    rudderstack("r6", "track", userId="2102", event="Ev"),
    # RudderStack: a user and a device, in either order, and two devices.
    rudderstack("r7", "track", anonymousId="r-d1", event="Ev"),
    rudderstack(
        *("r8", "merge"),
        mergeProperties=[
            {"type": "anonymous_id", "value": "r-d1"},
            {"type": "user_id", "value": "r-u1"},
        ],
    ),
    rudderstack("r9", "track", anonymousId="r-d2", event="Ev"),
    rudderstack(
        *("r10", "merge"),
        mergeProperties=[
            {"type": "anonymous_id", "value": "r-d2"},
            {"type": "anonymous_id", "value": "r-d3"},
        ],
    ),
    rudderstack("r11", "track", anonymousId="r-d3", event="Ev"),
    # And a device that no event is of.
    rudderstack(
        *("r12", "merge"),
        mergeProperties=[
            {"type": "user_id", "value": "r-u2"},
            {"type": "anonymous_id", "value": "r-d0"},
        ],
    ),
    # RudderStack: a merge that says who sent it, and traits where they are documented.
    rudderstack("r1", "track", userId="r-a", event="Ev"),
    rudderstack("r2", "track", userId="r-b", event="Ev"),
    rudderstack(
        *("r3", "merge"),
        userId="r-sender",
        mergeProperties=[
            {"type": "email", "value": "r-a"},
            {"type": "mobile", "value": "r-b"},
        ],
    ),
    rudderstack("r4", "identify", userId="r-c", context={"traits": {"plan": "gold"}}),
    # Amplitude: operations on traits.
    amplitude(
        *("a-1", "$identify"),
        uuid="a1",
        user_properties={"$set": {"plan": "pro"}, "$setOnce": {"first": "x"}},
    ),
    amplitude(
        *("a-1", "$identify"),
        uuid="a2",
        user_properties={"$set": {"plan": "free"}, "$setOnce": {"first": "y"}},
    ),
    posthog("ph8", "Ev", "traits", **{"$is_identified": True})
    | {"person_properties": json.dumps({"plan": "team"})},
]
# What has no id of its own is known by all that its line says.
UNNAMED = [
    {**posthog("", "Ev", "e1"), "uuid": ""},
    {**posthog("", "Ev", "e2"), "uuid": ""},
    mixpanel("", "Ev", distinct_id="e3"),
    mixpanel("", "Ev", distinct_id="e4"),
    heap("", "e5"),
    heap("", "e6"),
    amplitude("e7", "Ev", uuid="", event_properties={}),
    amplitude("e8", "Ev", uuid="", event_properties={}),
]
# Whose keys are of two collectors, and what has no properties.
OTHERS = [
    {
        **{
            "event_name": "Own",
            "user_id": "o1",
            "event_id": "o1",
            "event_type": "click",
        },
        **{"timestamp": "2026-01-02T03:00:00Z", "event_time": "2020-01-01"},
    },
    {
        **{"event": "Own", "user_id": "o2", "event_id": "o2", "distinct_id": "zz"},
        "timestamp": "2026-01-02T03:00:00Z",
    },
    {
        **{"user_id": "o3", "device_id": "o3", "event_type": "watch"},
        **{"time": 1767323045000, "insert_id": "imported", "session_id": 5},
    },
    # An export from before there was collected_traffic_source.
    {
        **{"event_name": "Ev", "event_timestamp": "1767323045000000"},
        **{"user_pseudo_id": "g1", "stream_id": "g1"},
        "event_params": [
            {"key": key, "value": {"string_value": value}}
            for key, value in (("source", "news"), ("medium", "email"))
        ],
    },
    {**posthog("bare", "Ev", "o4"), "properties": None},
    {
        **{"event_id": "o6", "user_id": "o6", "type": "view page", "path": "/x"},
        "time": "2026-01-02 03:00:00.000",
    },
    {
        **{"type": "track", "event": "Bare", "messageId": "o5", "userId": "o5"},
        "originalTimestamp": "2026-01-02T03:00:00Z",
        "context": {"consent": {"categoryPreferences": {"Analytics": False}}},
    },
]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vendors")
    (folder / "events").mkdir()
    # A line may begin with any white space.
    text = "".join(f"\t{json.dumps(line)}\n" for line in LINES + UNNAMED + OTHERS)
    (folder / "events" / "file.jsonl").write_text(text)
    database = folder / DATABASE_NAME
    choice = ("--select", "+events", "+people", "+rejected_events", "+event_ledger")
    build(*choice, database=database, events_path=folder / "events")
    return database


@pytest.mark.parametrize(
    ("first", "second"),
    [
        *(("ph1", "ph2"), ("ph3", "ph4"), ("ph5", "ph7"), ("ph5", "ph6")),
        *(("mp1", "mp2"), ("mp3", "mp5"), ("mp6", "mp7"), ("mp6", "mp8")),
        *(("mp9", "mp10"), ("h1", "h2"), ("h3", "h4"), ("r1", "r2")),
        *(("ph10", "ph11"), ("mp12", "mp13"), ("h5", "h7"), ("h6", "h7")),
        *(("r7", "r8"), ("r9", "r10"), ("r9", "r11")),
    ],
)
def test_two_events_are_one_persons(database: Path, first: str, second: str) -> None:
    query = "select count(distinct person_id), count(*) from events where event_id in "
    assert read(database, query + f"('{first}', '{second}')") == [(1, 2)]


def test_all_others_are_apart(database: Path) -> None:
    people = read(
        database,
        """
        select count(distinct person_id) from events
        where event_id in ('ph1', 'ph3', 'ph5', 'mp1', 'mp3', 'mp6', 'mp9', 'h1', 'h3',
            'r1', 'r3', 'r4', 'ph9', 'ph10', 'mp12', 'mp14', 'h7', 'h8', 'r5', 'r6',
            'r7', 'r9')
        """,
    )
    # r3 is the merge of r1 and r2.
    assert people == [(21,)]


def test_devices_are_nobodys_known_id(database: Path) -> None:
    people = read(
        database,
        """
        select events.event_id, people.canonical_user_id
        from events inner join people using (person_id)
        where event_id in ('h1', 'h3', 'h5', 'h8', 'r6', 'r7', 'r9', 'r12')
        order by event_id
        """,
    )
    assert people == [
        *(("h1", None), ("h3", "h-user"), ("h5", "h-user2"), ("h8", None)),
        *(("r12", "r-u2"), ("r6", "2102"), ("r7", "r-u1"), ("r9", None)),
    ]
    query = """
        select identifier from person_identifiers where identifier_type = 'user'
        and identifier in ('from', 'to', '1002', '2006', '2007', 'r-d0', 'r-d1', 'r-d2')
    """
    assert read(database, query) == []


def test_nothing_is_lost(database: Path) -> None:
    rejected = read(database, "select reason, payload from rejected_events")
    assert [reason for reason, _ in rejected] == ["missing_identifier"]
    assert "$company_acme" in rejected[0][1]
    assert read(database, "select sum(duplicate) from event_ledger") == [(0,)]
    collectors = read(
        database,
        """
        select event_id, collector, event_name, cast(occurred_at as date)::varchar
        from events where event_id in ('o1', 'o2', 'imported') order by event_id
        """,
    )
    assert collectors == [
        ("imported", "amplitude", "watch", "2026-01-02"),
        ("o1", "throughline", "own", "2026-01-02"),
        ("o2", "throughline", "own", "2026-01-02"),
    ]


def test_a_source_among_the_parameters_counts(database: Path) -> None:
    query = "select utm_source, utm_medium, channel from events where collector = 'ga4'"
    assert read(database, query) == [("news", "email", "Email")]


def test_heaps_own_page_views_are_page_views(database: Path) -> None:
    query = "select event_type, event_name from events where event_id = 'o6'"
    assert read(database, query) == [("page", "page_viewed")]


def test_no_property_is_made_up(database: Path) -> None:
    query = "select properties from events where event_id in ('bare', 'o5')"
    assert read(database, query) == [(None,), (None,)]


def test_traits_are_read_where_each_vendor_puts_them(database: Path) -> None:
    traits = read(
        database,
        """
        select distinct events.event_id, people.user_properties
        from events inner join people using (person_id)
        where events.event_id in ('r4', 'a1', 'ph8')
        order by events.event_id
        """,
    )
    assert [(key, json.loads(text)) for key, text in traits] == [
        ("a1", {"first": "x", "plan": "free"}),
        ("ph8", {"plan": "team"}),
        ("r4", {"plan": "gold"}),
    ]

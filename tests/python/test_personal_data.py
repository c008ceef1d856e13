"""Without consent an event is of nobody, and personal properties are shown to nobody.

Each name, address and id that must not be shown holds the word `secret`; the tests look
for it in every table of a build outside landing.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from databases import (
    DATABASE_NAME,
    build,
    copy_database,
    own_project,
    read,
    run_dbt,
    tables,
)

SALT = "long and random"
SECRET_URL = "https://ex.test/p?gclid=secret-click&email=secret@ex.test"
MOMENT = "2026-01-02T03:04:05Z"
PLAN = """\
event,property,type,is_required,allowed_values,pattern,minimum,maximum,format,is_pii,description
Signed Up,email,string,true,,,,,email,true,
Signed Up,phone,any,,,,,,,true,
Signed Up,plan,string,true,free|pro,,,,,false,
Order Completed,revenue,number,true,,,,,,false,
"""


def own(event: str, event_id: str, **keys: Any) -> dict[str, Any]:
    body = {"event": event, "event_id": event_id, "timestamp": MOMENT}
    return body | {"anonymous_id": f"d-{event_id}"} | keys


def denying(event_id: str, consent: Any, **keys: Any) -> dict[str, Any]:
    """An event of the own format that came without consent, full of secrets."""
    return own(
        *("Order Completed", event_id),
        user_id="secret-user",
        anonymous_id="secret-device",
        session_id="secret-session",
        properties={"revenue": 2, "url": SECRET_URL, "device_id": "secret-device"}
        | {"search": "?q=secret", "path": "/p?q=secret", "to": "//ex.test/?q=secret"}
        | {"customer": {"email": "secret@ex.test", "phone": ["secret"], "user_id": 7}}
        | {"$initial_gclid": "secret", "$email": "secret", "phone_number": "secret"},
        user_properties={"name": "secret name"},
        groups={"company": "secret company"},
        context={"consent": consent, "ip": "192.0.2.77", "note": "secret note"},
        **keys,
    )


# Ids and contact data by other names and in other spellings, and deeper.
MORE_SECRETS = {
    **dict.fromkeys(
        ["customerId", "USER_ID", "User Id", "userEmail", "mpid"], "secret"
    ),
    **dict.fromkeys(["First Name", "msisdn", "$window_id", "e-mail"], "secret"),
    "account_id": {"id": "secret"},
    "list": [{"email": [{"x": "secret"}]}],
}


def vendors(answer: bool) -> list[dict[str, Any]]:
    """An event of each collector that states consent, with its answer."""
    word = "secret" if not answer else "open"
    segment = {
        "type": "track",
        "messageId": f"s-{word}",
        "anonymousId": f"{word}-s",
        "event": "Order Completed",
        "timestamp": MOMENT,
        "context": {
            "consent": {
                "categoryPreferences": {"Advertising": True, "Analytics": answer}
            },
            "traits": {"email": f"{word}@ex.test"},
        },
        "properties": {"revenue": 2, "gclid": word},
    }
    kept = "allowedConsentIds" if answer else "deniedConsentIds"
    rudderstack = segment | {
        "messageId": f"r-{word}",
        "channel": "web",
        "originalTimestamp": MOMENT,
        "sentAt": MOMENT,
        "context": {"consentManagement": {kept: ["C0002"]}, "traits": {"a": word}},
    }
    ga4 = {
        "event_date": "20260102",
        "event_timestamp": "1767323045000000",
        "event_name": "purchase",
        "event_params": [
            {"key": "page_location", "value": {"string_value": SECRET_URL}}
        ]
        if not answer
        else [],
        "user_pseudo_id": f"{word}-ga" if answer else None,
        "privacy_info": {"analytics_storage": "Yes" if answer else "No"},
        "event_bundle_sequence_id": "1",
        "stream_id": "5",
    }
    mparticle = {
        "source_request_id": f"rq-{word}",
        "mpid": word,
        "user_identities": {"email": f"{word}@ex.test"},
        "user_attributes": {"name": word},
        "consent_state": {"gdpr": {"analytics": {"consented": answer}}},
        "events": [
            {
                "event_type": "custom_event",
                "data": {
                    "source_message_id": f"m-{word}",
                    "timestamp_unixtime_ms": 1767323045000,
                    "event_name": "Order Completed",
                },
            }
        ],
    }
    posthog = {
        "uuid": f"p-{word}",
        "event": "Order Completed",
        "distinct_id": word,
        "timestamp": MOMENT,
        "created_at": MOMENT,
        "properties": {"$device_id": word, "$ip": "192.0.2.77"}
        | ({} if answer else {"$cookieless_mode": True}),
    }
    return [segment, rudderstack, ga4, mparticle, posthog]


def write(folder: Path, *bodies: dict[str, Any]) -> Path:
    folder.mkdir()
    text = "".join(json.dumps(body) + "\n" for body in bodies)
    (folder / "file.jsonl").write_text(text)
    return folder


def shown(database: Path) -> str:
    """All that the tables and views outside landing hold as one text."""
    with duckdb.connect(str(database), read_only=True) as connection:
        names = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables()"
            " where schema_name not in ('landing', 'tracking_plan')"
            " union all select schema_name || '.' || view_name from duckdb_views()"
            " where schema_name not in ('landing', 'tracking_plan') and not internal"
        ).fetchall()
        assert ("staging.staged_events",) in names
        assert ("main.events",) in names
        texts = []
        for (name,) in names:
            rows = connection.execute(f"select to_json(t) from {name} as t").fetchall()
            texts += [f"{name}: {row[0]}" for row in rows]
    return "\n".join(texts)


@pytest.fixture(scope="module")
def consented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("consent")
    events = write(
        folder / "events",
        own("Order Completed", "silent", context={"consent": {"marketing": False}}),
        own("Order Completed", "yes", context={"consent": {"Analytics": "granted"}}),
        denying("flat", {"analytics_storage": "denied"}),
        denying("word", "denied"),
        denying("switch", False),
        denying("pending", {"analytics": "pending"}),
        denying("both", {"analytics": True, "C0002": False}),
        denying("rejected", "denied") | {"timestamp": "soon"},
        denying("alias", "denied") | {"type": "alias", "previous_id": "secret-old"},
        # Of two statements each must be a yes.
        own("Order Completed", "managed", user_id="secret")
        | {"context": {"consentManagement": {"provider": "x"}, "consent": "denied"}},
        own("Order Completed", "managed too", user_id="secret")
        | {"context": {"consentManagement": {"allowedConsentIds": ["C0002"]}}}
        | {"context": {"consent": {"analytics": False}, "consentManagement": {}}},
        own("Order Completed", "other ids", user_id="secret")
        | {"properties": MORE_SECRETS, "context": {"consent": "denied"}},
        {"foo": 1, "user_id": "secret", "context": {"consent": "denied"}},
        {"event": "Order Completed", "event_id": "nobody", "timestamp": MOMENT}
        | {"context": {"consent": "denied"}},
        *vendors(True),
        *vendors(False),
    )
    with (events / "file.jsonl").open("a") as file:
        file.write('{"context": {"consent": "denied"}, "user_id": "secret\n')
    database = folder / DATABASE_NAME
    build(database=database, events_path=events)
    return database


def test_events_say_what_consent_there_was(consented: Path) -> None:
    denied = ["alias", "both", "flat", "managed", "managed too", "nobody", "other ids"]
    denied += ["pending", "switch", "word"]
    assert read(
        consented,
        "select event_id, consent from events where collector = 'throughline'"
        " order by consent nulls last, event_id",
    ) == [*((name, "denied") for name in denied), ("yes", "granted"), ("silent", None)]


def test_what_landed_is_judged_by_the_categories_of_today(
    consented: Path, tmp_path: Path
) -> None:
    database = copy_database(consented, tmp_path)
    run = ("--select", "+events", "+landed_files", "--vars")
    build(
        *(*run, "{consent_categories: [marketing]}"),
        database=database,
        events_path=consented.parent / "events",
    )
    query = (
        "select event_id, consent from events where event_id in"
        " ('managed', 'silent', 'switch', 'yes') order by event_id"
    )
    assert read(database, query) == [
        ("managed", "denied"),
        ("silent", "denied"),
        ("switch", "denied"),
        ("yes", None),
    ]


def test_each_vendors_own_statement_is_read(consented: Path) -> None:
    assert read(
        consented,
        "select collector, list(consent order by consent) from events"
        " where collector <> 'throughline' group by collector order by collector",
    ) == [
        ("ga4", ["denied", "granted"]),
        ("mparticle", ["denied", "granted"]),
        ("posthog", ["denied", None]),
        ("rudderstack", ["denied", "granted"]),
        ("segment", ["denied", "granted"]),
    ]


def test_without_consent_nothing_is_shown_of_a_person(consented: Path) -> None:
    text = shown(consented)
    # The ids of the vendors' events say which of them are the secret ones.
    text = re.sub("[srmp]-secret", "", text)
    assert [line for line in text.splitlines() if "secret" in line] == []
    assert "192.0.2.77" not in text


def test_what_came_without_consent_is_counted(consented: Path) -> None:
    count = "select count(*), sum(revenue), count(person_id) from events"
    assert read(consented, f"{count} where event_id in ('flat', 'nobody')") == [
        (2, 2.0, 0)
    ]
    assert read(
        consented,
        "select landed, kept, rejected from event_ledger"
        " where collector = 'throughline'",
    ) == [(13, 12, 1)]
    assert read(consented, "select page_url from events where event_id = 'flat'") == [
        ("https://ex.test/p",)
    ]


def test_silence_can_count_as_a_no(tmp_path: Path) -> None:
    events = write(tmp_path / "events", own("Order Completed", "silent"))
    database = tmp_path / DATABASE_NAME
    build(
        *("--select", "+events", "--vars", "{unstated_consent: denied}"),
        database=database,
        events_path=events,
    )
    assert read(database, "select consent, anonymous_id from events") == [(None, None)]


# -- personal properties --------------------------------------------------------------


def hashed(text: str) -> str:
    return hashlib.sha256((SALT + text).encode()).hexdigest()


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = own_project(tmp_path_factory.mktemp("personal"))
    folder = project / "seeds" / "tracking_plan"
    (folder / "tracking_plan_properties.csv").write_text(PLAN)
    policies = folder / "tracking_plan_policies.csv"
    text = policies.read_text().replace("not_allowed,flag", "not_allowed,block")
    policies.write_text(text)
    return project


@pytest.fixture(scope="module")
def hidden(planned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    email, phone = "secret@ex.test", {"secret": ["secret", 1]}
    personal = {"email": email, "phone": 4711, "plan": "pro", "big": 2**60}
    traits = {"email": email, "phone": phone, "plan": "pro"}
    context = {"traits": traits, "page": {"title": "Welcome"}}
    segment = {"timestamp": MOMENT, "anonymousId": "d-1", "properties": personal}
    folder = tmp_path_factory.mktemp("hidden")
    events = write(
        folder / "events",
        own("Signed Up", "plain", properties=personal, context={"a": {"email": email}}),
        own("Signed Up", "nested", properties=personal | {"phone": phone}),
        own("Signed Up", "empty", properties={"email": None, "plan": "pro"}),
        own("Signed Up", "wrong", properties=personal | {"email": "no secret"}),
        own("Signed Up", "blocked", properties=personal | {"plan": "secret"[:1]}),
        own("Signed Up", "none", properties=personal)
        | {"context": {"consent": "denied"}},
        own("me", "trait", type="identify", user_properties=traits, user_id="u"),
        own(
            "Order Completed",
            "open",
            properties={"revenue": 1, "email": "shop"},
        ),
        {"type": "track", "messageId": "s", "event": "Signed Up", "context": context}
        | segment,
        {"type": "track", "messageId": "t", "event": "Viewed", "context": context}
        | segment
        | {"properties": {}},
        {"type": "track", "event": "Signed Up", "context": {}}
        | segment
        | {"messageId": "bad", "timestamp": "soon"},
        {
            "event_date": "20260102",
            "event_timestamp": "1767323045000000",
            "event_name": "Signed Up",
            "event_params": [{"key": "email", "value": {"string_value": email}}]
            + [{"key": "email", "value": {"string_value": "{secret}"}}],
            "user_pseudo_id": "1.2",
            "event_bundle_sequence_id": "1",
            "stream_id": "5",
        },
        {"uuid": "p", "event": "Signed Up", "distinct_id": "d", "timestamp": MOMENT}
        | {"created_at": MOMENT, "properties": json.dumps(personal)},
        {"uuid": "object", "device_id": "d", "event_type": "Signed Up"}
        | {"event_time": "2026-01-02 03:04:05", "event_properties": {"email": phone}},
        own("Signed Up", "list", properties={"n": {"email": ["secret", 1]}})
        | {"timestamp": "soon"},
        own("me", "once", user_properties={"$set_once": {"email": email}}),
        own("Viewed", "named", context={"a": [{"name": "email", "value": email}]}),
        own("Viewed", "apart", context={"a": [{"value": email, "key": "email"}]}),
        own(
            "Viewed", "behind", context={"a": {"key": "email", "x": 1, "value": email}}
        ),
        own("Viewed", "twice", context={"t": json.dumps(json.dumps({"email": email}))}),
        own("Signed Up", "denied", properties={"plan": "secret plan"} | personal)
        | {"context": {"consent": "denied", "ip": "192.0.2.77", "secret": 1}},
        own("Signed Up", "judged", properties={"plan": "secret plan"})
        | {"context": {"consent": "denied"}},
    )
    with (events / "file.jsonl").open("a") as file:
        file.write(BROKEN_LINES)
    database = folder / DATABASE_NAME
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THROUGHLINE_PII_SALT", SALT)
        build(
            "--exclude",
            "unknown_definition_events+",
            database=database,
            events_path=events,
            project=planned,
        )
    return database


# Cut off, no JSON, and with escapes and white space that hide a key.
BROKEN_LINES = r"""
{"event": "Signed Up", "email": "secret@ex
{'event': 'Signed Up', 'email': 'secret'}
{"event": "Signed Up", "em\u0061il": "secret", "anonymous_id": "d", "timestamp": "soon"}
{"event": "Signed Up", "email"	:	"secret", "anonymous_id": "d", "timestamp": "soon"}
"""


def contents(database: Path, event_id: str) -> Any:
    query = "select properties from events where event_id = ?"
    return json.loads(read(database, query, event_id)[0][0])


def test_personal_properties_are_hashed_with_the_salt(hidden: Path) -> None:
    expected = {
        "email": hashed("secret@ex.test"),
        "phone": hashed("4711"),
        "plan": "pro",
        "big": 2**60,
    }
    for event_id in ("plain", "s", "p"):
        assert contents(hidden, event_id) == expected
    nested = hashed('{"secret":["secret",1]}')
    assert contents(hidden, "nested") == expected | {"phone": nested}
    assert contents(hidden, "empty") == {"email": None, "plan": "pro"}
    assert contents(hidden, "none") == {"plan": "pro", "big": 2**60}
    # A property is personal where the plan says so.
    assert contents(hidden, "open") == {"revenue": 1, "email": "shop"}


def test_traits_are_personal_wherever_they_are(hidden: Path) -> None:
    [(traits,)] = read(
        hidden, "select user_properties from events where event_id = 'trait'"
    )
    assert json.loads(traits)["email"] == hashed("secret@ex.test")
    assert json.loads(traits)["plan"] == "pro"


def test_personal_values_are_nowhere_but_in_landing(hidden: Path) -> None:
    lines = [line for line in shown(hidden).splitlines() if "secret" in line]
    assert lines == []


def test_the_salt_is_nowhere(hidden: Path) -> None:
    files = [file for file in hidden.parent.rglob("*") if file.is_file()]
    assert [file for file in files if SALT.encode() in file.read_bytes()] == []


def test_without_a_salt_nothing_is_staged(planned: Path, tmp_path: Path) -> None:
    database = tmp_path / DATABASE_NAME
    result = run_dbt("build", database=database, project=planned)
    assert result.returncode != 0
    sentence = (
        "seeds/tracking_plan/tracking_plan_properties.csv, row 2, column is_pii: "
        "personal properties are hashed with a salt: set the environment variable "
        "THROUGHLINE_PII_SALT"
    )
    assert sentence in result.stdout
    assert "staging.staged_events" not in tables(database)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THROUGHLINE_PII_SALT", SALT)
        choice = ("--select", "+tracking_plan_errors")
        build(*choice, database=database, project=planned)
    # A salt that is gone is missed as one that never was.
    gone = run_dbt("build", *choice, database=database, project=planned)
    assert sentence in gone.stdout


def test_what_cannot_be_struck_out_of_a_context_leaves_none(hidden: Path) -> None:
    """A personal object is no plain value: nothing is shown of what it lies in."""
    query = "select event_id, context from events where event_id in ('object', 'p')"
    assert dict(read(hidden, query))["object"] is None

"""Find the events in a raw object, whichever collector wrote it.

Only what a tracking plan speaks of is found: names and properties. What else an object
means (people, times, duplicates) is the models' business.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tracking_plan import snake_case

Body = dict[str, Any]

PAGE = "page_viewed"
SCREEN = "screen_viewed"
# The names that vendors give to a page or a screen, and to what is no event.
OF_AMPLITUDE = {
    "[Amplitude] Page Viewed": PAGE,
    "[Amplitude] Screen Viewed": SCREEN,
    **dict.fromkeys(("$identify", "$groupidentify")),
}
OF_MIXPANEL = {
    "$mp_web_page_view": PAGE,
    **dict.fromkeys(("$identify", "$create_alias", "$merge")),
}
OF_POSTHOG = {
    **{"$pageview": PAGE, "$screen": SCREEN},
    **dict.fromkeys(
        ("$identify", "$set", "$create_alias", "$merge_dangerously", "$groupidentify")
    ),
}
OF_GA4_AND_SNOWPLOW = {"page_view": PAGE, "screen_view": SCREEN}
OF_HEAP = {"view": PAGE, "pageview": PAGE}
CALLS = ("track", "page", "screen", "identify", "group", "alias", "merge")
# The keys of Throughline's own format; every other counts as a property.
OWN_KEYS = {
    *("type", "event", "event_name", "event_id", "user_id", "anonymous_id"),
    *("device_id", "session_id", "previous_id", "timestamp", "received_at"),
    *("properties", "user_properties", "context", "groups"),
}
SEGMENT_KEYS = (
    *("messageId", "anonymousId", "userId", "receivedAt", "sentAt"),
    "originalTimestamp",
)
STRUCTURED = ("se_category", "se_action", "se_label", "se_property", "se_value")
HEAP_KEYS = {
    *("event_id", "user_id", "identity", "session_id", "time", "event_name", "type"),
    *("from_user_id", "to_user_id", "path", "domain", "query", "hash", "title"),
    *("referrer", "library", "platform", "browser", "device_type", "device"),
    *("country", "region", "city", "ip", "app_version", "utm_source", "utm_medium"),
    *("utm_campaign", "utm_term", "utm_content"),
}


class UnusableEvent(Exception):
    """There is no event to be found: the message says why."""


@dataclass(frozen=True)
class Event:
    """An event: its name as it was sent and as it is compared, and its properties.

    Pages and screens are named by their kind, whatever the collector calls them.
    """

    source_name: str
    name: str
    properties: Body

    @property
    def is_page_or_screen(self) -> bool:
        return not self.source_name


def events_in(body: Any) -> list[Event]:
    """Return the events of a raw object; none where it is of another kind.

    Messages that say who somebody is (identify, group, alias) are no events. Raises
    UnusableEvent for what no collector wrote, and for events without a name.
    """
    if not isinstance(body, dict):
        raise UnusableEvent(f"expected an object, found {_kind(body)}")
    for is_written_by, read in COLLECTORS:
        if is_written_by(body):
            return read(body)
    raise UnusableEvent("no collector's format that is known")


def _event(source_name: Any, properties: Any, name: str = "") -> Event:
    if not name:
        if not isinstance(source_name, str) or not source_name.strip():
            raise UnusableEvent("an event without a name")
        name = snake_case(source_name)
    properties = {} if properties is None else properties
    if not isinstance(properties, dict):
        raise UnusableEvent(f"properties must be an object, found {_kind(properties)}")
    return Event(str(source_name or ""), name, properties)


def _named(source_name: Any, properties: Any, names: dict[str, Any]) -> list[Event]:
    """Return the event of a vendor who has names for pages, and for what is none."""
    if not isinstance(source_name, str) or source_name not in names:
        return [_event(source_name, properties)]
    built_in = names[source_name]
    return [_event("", properties, built_in)] if built_in else []


def _kind(value: Any) -> str:
    return {str: "a text", list: "an array", bool: "a boolean"}.get(
        type(value), "nothing" if value is None else "a number"
    )


def _call(body: Body, event_name: Any, properties: Any) -> list[Event]:
    call = body.get("type") or "track"
    if call not in CALLS:
        raise UnusableEvent(f"type must be one of {', '.join(CALLS)}, found {call!r}")
    if call == "track":
        return [_event(event_name, properties)]
    if call in ("page", "screen"):
        return [_event("", properties, PAGE if call == "page" else SCREEN)]
    return []


def _throughline(body: Body) -> list[Event]:
    others = {key: value for key, value in body.items() if key not in OWN_KEYS}
    own = body.get("properties")
    properties = {**others, **own} if isinstance(own, dict) else own or others
    return _call(body, body.get("event") or body.get("event_name"), properties)


def _segment(body: Body) -> list[Event]:
    properties = body.get("properties")
    if body.get("name") is not None and isinstance(properties, dict | None):
        properties = {**(properties or {}), "name": body["name"]}
    if body.get("category") is not None and isinstance(properties, dict | None):
        properties = {"category": body["category"], **(properties or {})}
    return _call(body, body.get("event"), properties)


def _amplitude(body: Body) -> list[Event]:
    return _named(body.get("event_type"), body.get("event_properties"), OF_AMPLITUDE)


def _without_reserved(properties: Any, reserved: tuple[str, ...] = ()) -> Any:
    if isinstance(properties, str):
        try:
            properties = json.loads(properties)
        except ValueError as problem:
            raise UnusableEvent(f"properties are not JSON ({problem})") from problem
    if not isinstance(properties, dict):
        return properties
    return {
        key: value
        for key, value in properties.items()
        if not key.startswith(("$", "mp_")) and key not in reserved
    }


def _mixpanel(body: Body) -> list[Event]:
    reserved = ("time", "distinct_id", "token")
    properties = _without_reserved(body["properties"], reserved)
    return _named(body["event"], properties, OF_MIXPANEL)


def _posthog(body: Body) -> list[Event]:
    properties = _without_reserved(body.get("properties"))
    return _named(body.get("event"), properties, OF_POSTHOG)


def _google_analytics(body: Body) -> list[Event]:
    parameters = body.get("event_params") or []
    try:
        properties = {
            parameter["key"]: _google_value(parameter["key"], parameter["value"])
            for parameter in parameters
        }
    except (TypeError, KeyError, AttributeError) as problem:
        raise UnusableEvent(
            "event_params must be objects of key and value"
        ) from problem
    return _named(body.get("event_name"), properties, OF_GA4_AND_SNOWPLOW)


def _google_value(key: str, value: Body) -> Any:
    for kind, found in value.items():
        if found is None:
            continue
        if kind == "int_value" and isinstance(found, str):
            try:
                return int(found)
            except ValueError as problem:
                raise UnusableEvent(f"int_value of {key} is no integer") from problem
        return found
    return None


def _snowplow(body: Body) -> list[Event]:
    if body.get("event") == "struct":
        properties = {key: body[key] for key in STRUCTURED if body.get(key) is not None}
        return [_event(body.get("se_action"), properties)]
    properties = {}
    for key, value in body.items():
        if key.startswith("unstruct_event_") and isinstance(value, dict):
            properties |= value
    name = body.get("event_name") or body.get("event")
    return _named(name, properties, OF_GA4_AND_SNOWPLOW)


def _heap(body: Body) -> list[Event]:
    properties = {key: value for key, value in body.items() if key not in HEAP_KEYS}
    name = body.get("event_name") or body.get("type")
    if not name and body.get("path") is not None:
        name = "pageview"
    if body.get("from_user_id") is not None:
        return []
    return _named(name, properties, OF_HEAP)


def _kissmetrics(body: Body) -> list[Event]:
    if body.get("_n") is None or body.get("_p2"):
        return []
    reserved = ("_n", "_p", "_p2", "_t")
    properties = {k: v for k, v in body.items() if k not in reserved}
    return [_event(body["_n"], properties)]


def _mparticle(body: Body) -> list[Event]:
    events = []
    batch = body["events"]
    for each in batch if isinstance(batch, list) else [None]:
        data = each.get("data") if isinstance(each, dict) else None
        if not isinstance(data, dict):
            raise UnusableEvent("events must be objects with data")
        properties = data.get("custom_attributes")
        kind = each.get("event_type")
        if kind == "screen_view":
            events.append(_event("", properties, SCREEN))
        elif kind not in ("user_attribute_change", "user_identity_change"):
            bought = data.get("product_action")
            action = bought.get("action") if isinstance(bought, dict) else None
            events.append(_event(data.get("event_name") or action or kind, properties))
    return events


def _has(*keys: str) -> Callable[[Body], bool]:
    return lambda body: all(body.get(key) is not None for key in keys)


def _is_mparticle(body: Body) -> bool:
    is_others = body.get("event") is not None or body.get("timestamp") is not None
    return isinstance(body.get("events"), list) and not is_others


def _is_kissmetrics(body: Body) -> bool:
    is_timed = body.get("_n") is not None or body.get("_t") is not None
    is_others = body.get("event") is not None or body.get("timestamp") is not None
    return _has("_p")(body) and (is_timed or not is_others)


def _is_amplitude(body: Body) -> bool:
    is_timed = any(
        body.get(key) is not None
        for key in (
            *("amplitude_id", "event_properties", "client_event_time"),
            *("event_time", "time"),
        )
    )
    is_others = any(
        body.get(key) is not None for key in ("event", "event_name", "timestamp")
    )
    return _has("event_type")(body) and is_timed and not is_others


def _is_posthog(body: Body) -> bool:
    is_own = any(
        body.get(key) is not None
        for key in ("event_id", "user_id", "anonymous_id", "device_id")
    )
    return _has("distinct_id", "event")(body) and not is_own


def _is_mixpanel(body: Body) -> bool:
    properties = body.get("properties")
    return (
        isinstance(properties, dict)
        and "event" in body
        and "distinct_id" in properties
        and "time" in properties
        and "timestamp" not in body
    )


def _is_segment(body: Body) -> bool:
    return body.get("type") is not None and any(
        body.get(key) is not None for key in SEGMENT_KEYS
    )


def _is_heap(body: Body) -> bool:
    own = ("from_user_id", "event_id", "session_id", "identity")
    is_own = any(body.get(key) is not None for key in own)
    return body.get("timestamp") is None and body.get("time") is not None and is_own


def _is_google_analytics(body: Body) -> bool:
    is_own = any(
        body.get(key) is not None for key in ("user_pseudo_id", "event_params")
    )
    is_timed = body.get("event_timestamp") is not None
    return is_timed and is_own and body.get("timestamp") is None


def _is_throughline(body: Body) -> bool:
    is_somebodys = any(
        body.get(key) is not None for key in ("user_id", "anonymous_id", "device_id")
    )
    return (
        body.get("event") is not None
        or body.get("event_name") is not None
        or body.get("type") in CALLS
        or (body.get("timestamp") is not None and is_somebodys)
    )


# In the order in which they are asked: the plainest last, as it is what is left.
COLLECTORS: tuple[tuple[Callable[[Body], bool], Callable[[Body], list[Event]]], ...] = (
    (_is_kissmetrics, _kissmetrics),
    (_has("collector_tstamp"), _snowplow),
    (_is_mparticle, _mparticle),
    (_is_google_analytics, _google_analytics),
    (_is_posthog, _posthog),
    (_is_amplitude, _amplitude),
    (_is_heap, _heap),
    (_is_mixpanel, _mixpanel),
    (_is_segment, _segment),
    (_is_throughline, _throughline),
)

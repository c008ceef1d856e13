"""One simulated event as the line a collector would have written.

A line is a pure function of the event, the moment of its receipt and `style`: random
bits, drawn once per event, that choose among the spellings a format allows.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from event_simulation.people import Device, Person
from event_simulation.vocabulary import HOUR, MINUTE, SITE, TITLES, Arrival

COLLECTORS = ("throughline", "segment")

_escaped = json.JSONEncoder(separators=(",", ":")).encode
_raw = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
_hours: dict[int, str] = {}
_snake_names: dict[str, str] = {}


@dataclass(slots=True, eq=False)
class Event:
    """Something that happened, before any collector has written it down."""

    at: int
    kind: str
    name: str
    properties: dict[str, Any]
    person: Person
    device: Device | None
    user_id: str
    event_id: str
    session_id: str = ""
    path: str = ""
    arrival: Arrival | None = None
    click_id: str = ""
    traits: dict[str, Any] | None = None
    account: str = ""
    previous_id: str = ""


def iso(at: int, offset: str = "Z", offset_minutes: int = 0) -> str:
    """Milliseconds since 1970 as ISO 8601 in the given offset."""
    hour, rest = divmod(at + offset_minutes * MINUTE, HOUR)
    start = _hours.get(hour)
    if start is None:
        moment = datetime.fromtimestamp(hour * 3600, UTC)
        start = _hours[hour] = moment.strftime("%Y-%m-%dT%H:")
    minutes, rest = divmod(rest, MINUTE)
    return f"{start}{minutes:02}:{rest // 1000:02}.{rest % 1000:03}{offset}"


def normalised_name(kind: str, name: str) -> str:
    """The event name that every pipeline should arrive at."""
    if kind == "track":
        snake = _snake_names.get(name)
        if snake is None:
            snake = re.sub("[^a-z0-9]+", "_", name.lower())
            _snake_names[name] = snake
        return snake
    return {"page": "page_viewed", "screen": "screen_viewed"}.get(kind, kind)


def has_event_id(collector: str, style: int) -> bool:
    """Segment always sends an id; about 2 % of Throughline's own lines have none."""
    return collector == "segment" or style >> 20 & 63 != 0


def has_received_at(collector: str, style: int) -> bool:
    return collector == "segment" or style >> 8 & 7 != 0


def line_of(event: Event, collector: str, received_at: int, style: int) -> bytes:
    """The event as its collector writes it, without a line end."""
    shape = _segment if collector == "segment" else _throughline
    body = shape(event, received_at, style)
    return (_escaped if style >> 5 & 1 else _raw)(body).encode()


def recoverable_time(event: Event, collector: str, style: int) -> int:
    """The true time as precisely as the line tells it (unix seconds drop the rest)."""
    if collector == "throughline" and style & 7 == 0:
        return event.at - event.at % 1000
    return event.at


def _page(event: Event) -> dict[str, Any]:
    arrival, url = event.arrival, SITE + event.path
    page: dict[str, Any] = {"path": event.path}
    if arrival is not None:
        page["referrer"] = arrival.referrer
        query = []
        if arrival.source:
            query.append(f"utm_source={arrival.source}&utm_medium={arrival.medium}")
            query.append(f"utm_campaign={arrival.campaign.replace('ü', '%C3%BC')}")
        if arrival.term:
            query.append(f"utm_term={arrival.term.replace(' ', '+')}")
        if event.click_id:
            query.append(f"{arrival.click_parameter}={event.click_id}")
        if query:
            page["search"] = "?" + "&".join(query)
            url += page["search"]
    page["url"] = url
    return page


def page_title(path: str) -> str:
    return TITLES.get(path) or f"{path.rsplit('/', 1)[-1]} – Fernway"


def _throughline(event: Event, received_at: int, style: int) -> dict[str, Any]:
    kind, device, country = event.kind, event.device, event.person.country
    body: dict[str, Any] = {}
    if kind == "track":
        spelling = style >> 3 & 3
        if spelling == 0:
            name = event.name
        elif spelling == 1:
            name = event.name.replace(" ", "")
        else:
            name = normalised_name(kind, event.name)
        body["event" if style >> 7 & 1 else "event_name"] = name
    else:
        body["type"] = kind
        if kind in ("page", "screen"):
            if style >> 7 & 1:
                body["event"] = normalised_name(kind, event.name)
            body["name"] = event.name
    if has_event_id("throughline", style):
        body["event_id"] = event.event_id
    clock = style & 7
    if clock == 0:
        body["timestamp"] = event.at // 1000
    elif clock == 1:
        body["timestamp"] = event.at
    elif clock < 5:
        body["timestamp"] = iso(event.at)
    else:
        body["timestamp"] = iso(event.at, country.offset, country.offset_minutes)
    if has_received_at("throughline", style):
        body["received_at"] = iso(received_at)
    if event.user_id:
        body["user_id"] = event.user_id
    if device is None:
        body["context"] = {
            "channel": "server",
            "library": {"name": "throughline-node", "version": "1.4.0"},
        }
    else:
        is_app = device.platform.is_app
        body["device_id" if is_app else "anonymous_id"] = device.anonymous_id
        platform = device.platform
        context: dict[str, Any] = {
            "os": {"name": platform.os, "version": platform.os_version},
            "device": {"type": platform.device_type},
            "locale": country.locale,
            "user_agent": platform.user_agent,
        }
        if is_app:
            body["session_id"] = event.session_id
            context["app"] = {"name": "Fernway", "version": "4.2.1"}
        else:
            context["page"] = _page(event)
            context["ip"] = device.ip
        context["library"] = {"name": "throughline-mobile" if is_app else "tl-web"}
        body["context"] = context
    if event.properties:
        body["properties"] = event.properties
    if event.traits:
        body["user_properties"] = event.traits
    if event.account:
        body["groups"] = {"account": event.account}
    if event.previous_id:
        body["previous_id"] = event.previous_id
    return body


def _segment(event: Event, received_at: int, style: int) -> dict[str, Any]:
    kind, device, country = event.kind, event.device, event.person.country
    body: dict[str, Any] = {"type": kind, "messageId": event.event_id}
    if device is not None:
        body["anonymousId"] = device.anonymous_id
    if event.user_id:
        body["userId"] = event.user_id
    properties = event.properties
    if kind == "track":
        body["event"] = event.name
        body["properties"] = properties
    elif kind in ("page", "screen"):
        body["name"] = event.name
        body["properties"] = properties
    elif kind == "identify":
        body["traits"] = event.traits
    elif kind == "group":
        body["groupId"] = event.account
        body["traits"] = properties
    else:
        body["previousId"] = event.previous_id
    skew = 0
    if device is None:
        body["channel"] = "server"
        context: dict[str, Any] = {
            "library": {"name": "@segment/analytics-node", "version": "2.2.0"}
        }
    else:
        skew, platform = device.clock_skew, device.platform
        context = {
            "ip": device.ip,
            "locale": country.locale,
            "timezone": country.timezone,
            "userAgent": platform.user_agent,
        }
        if platform.is_app:
            context["library"] = {"name": f"analytics-{platform.os.lower()}"}
            context["app"] = {"name": "Fernway", "version": "4.2.1"}
            context["os"] = {"name": platform.os, "version": platform.os_version}
            context["device"] = {"type": platform.os.lower()}
        else:
            context["library"] = {"name": "analytics.js", "version": "next-1.81.0"}
            context["page"] = page = _page(event)
            if kind == "page":
                body["properties"] = {"url": page["url"], **properties}
            arrival = event.arrival
            if arrival is not None and arrival.source:
                context["campaign"] = campaign = {
                    "source": arrival.source,
                    "medium": arrival.medium,
                    "name": arrival.campaign,
                }
                if arrival.term:
                    campaign["term"] = arrival.term
    if event.account and kind != "group":
        context["groupId"] = event.account
    body["context"] = context
    occurred, received = iso(event.at), iso(received_at)
    body["originalTimestamp"] = iso(event.at + skew) if skew else occurred
    body["sentAt"] = iso(received_at + skew) if skew else received
    body["receivedAt"] = received
    if not skew or style & 1:
        body["timestamp"] = occurred
    return body

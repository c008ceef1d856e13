"""What the regexes of the ua-parser project read out of user agents.

Some two thousand patterns stand in an order of which the first match counts, and only
the project's own matcher is fast at that. Called, it reads lines of JSON with the key
user_agent and writes each with what was found.

Examples:
    echo '{"user_agent": "curl/8.5.0"}' | python scripts/parse_user_agents.py
    python scripts/parse_user_agents.py < agents.jsonl > parsed.jsonl
"""

from __future__ import annotations

import json
import sys
from typing import Any

from ua_parser import parse

PARTS = ("user_agent", "os", "device")
VERSION = ("major", "minor", "patch", "patch_minor")
COLUMNS = ("browser", "browser_version", "os", "os_version", "device")


def parse_user_agent(text: str) -> tuple[str | None, ...]:
    """Return browser and system, each with its version, and the family of device."""
    result = parse(text)
    browser, os, device = (getattr(result, part) for part in PARTS)
    return (*_family_and_version(browser), *_family_and_version(os), _family(device))


def _family(part: Any) -> str | None:
    return part.family if part else None


def _family_and_version(part: Any) -> tuple[str | None, str | None]:
    numbers = [getattr(part, name, None) for name in VERSION]
    known = numbers[: numbers.index(None)] if None in numbers else numbers
    return _family(part), ".".join(known) or None


def main() -> None:
    for line in sys.stdin:
        agent = json.loads(line)["user_agent"]
        found = dict(zip(COLUMNS, parse_user_agent(agent), strict=True))
        print(json.dumps({"user_agent": agent, **found}))


if __name__ == "__main__":
    main()

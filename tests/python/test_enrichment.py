"""What user agents and addresses say, held against other people's readings of them."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest

from databases import PROJECT


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

"""People and their devices: the only state that the simulation keeps."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from event_simulation.vocabulary import Country, Platform

Item = TypeVar("Item")


@dataclass(slots=True, eq=False)
class Device:
    """A browser, an app or a household's tablet."""

    anonymous_id: str
    platform: Platform
    collector: str
    ip: str
    clock_skew: int
    is_shared: bool = False
    is_signed_in: bool = False
    variant: str = ""
    busy_until: int = 0


@dataclass(slots=True, eq=False)
class Person:
    """A human (or a crawler) and all that must be remembered about them."""

    number: int
    is_bot: bool
    country: Country
    name: str
    loyalty: float
    devices: list[Device] = field(default_factory=list)
    used_devices: list[Device] = field(default_factory=list)
    tablet: Device | None = None
    user_id: str = ""
    lead_id: str = ""
    account: str = ""
    plan: str = ""
    renews: bool = False
    onboarding: int = 0
    signed_up_at: int = 0
    variant: str = ""
    exposed_at: int = 0
    is_multi_variant: bool = False
    is_converter: bool = False
    ordered_in_window: bool = False
    first_event_at: int = 0
    last_event_at: int = 0
    last_visit_at: int = 0
    last_day: int = -1
    last_week: int = -1
    event_count: int = 0
    order_count: int = 0
    visit_count: int = 0
    cents: int = 0
    stages: int = 0
    busy_until: int = 0
    pending: int = 0

    @property
    def human(self) -> str:
        return f"h{self.number}"


def pick(random: Callable[[], float], items: tuple[Item, ...]) -> Item:
    return items[int(random() * len(items))]

"""The people of the shop and what they do, hour by hour.

Only people who have something left to do are held in memory. `Simulation.emit` is the
one gate through which events pass: all totals of the truth are counted there, and once
the asked number of events is reached nothing happens any more.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import accumulate
from math import exp, log
from random import Random
from typing import Any

from event_simulation.delivery import Delivery, Plan, TruthFile
from event_simulation.people import Device, Person, pick
from event_simulation.visits import (
    HOUR_WEIGHTS,
    ORDER_PROBABILITY,
    SHOP_STAGES,
    WINDOW,
    Visit,
)
from event_simulation.vocabulary import (
    BROWSERS,
    COUNTRIES,
    CRAWLERS,
    DAY,
    EXPERIMENT,
    HOUR,
    NAMES,
    PLAN_PRICES,
    SECOND,
    TABLET,
    VARIANTS,
    Platform,
)
from event_simulation.wire import Event, iso

EXPERIMENT_DAY = 14
SMALL_RUN = 20_000

WEEKDAY_WEIGHTS = (1.0, 0.99, 0.98, 0.99, 1.0, 1.05, 1.07)


def loyalty_of(events: int) -> float:
    """How long people stay: less in small runs, so that these have people enough."""
    return 1.0 if events >= SMALL_RUN else 0.33


def hourly_goals(events: int, plan: Plan) -> list[float]:
    """How many events shall have happened by the end of each hour.

    Follows the week, the hours of the day, a slow growth, and the share of returning
    visits, which builds up over the first weeks; so arrivals stay about constant.
    """
    weights = []
    for hour in range(plan.days * 24):
        day = hour // 24
        weekday = (plan.start // DAY + 3 + day) % 7
        returning = 1 + 4.5 * loyalty_of(events) ** 1.5 * (1 - exp(-day / 30))
        growth = 1 + 0.3 * day / 84
        weight = HOUR_WEIGHTS[hour % 24] * WEEKDAY_WEIGHTS[weekday]
        weights.append(weight * returning * growth)
    total = sum(weights)
    return [events * done / total for done in accumulate(weights)]


class Simulation:
    """Runs the story and hands its events to the delivery."""

    def __init__(self, plan: Plan, events: int, seed: int, delivery: Delivery) -> None:
        self.plan, self.goal, self.delivery = plan, events, delivery
        self.source = Random(f"story {seed}")
        self.random = self.source.random
        self.loyalty = loyalty_of(events)
        self.experiment_at = plan.start + EXPERIMENT_DAY * DAY
        self.actions: defaultdict[int, list[tuple[int, int, Person, str]]]
        self.actions = defaultdict(list)
        self.action_count = self.people_count = self.event_count = 0
        self.tablet: Device | None = None
        self.account_members = self.order_count = 0
        self.counts: Counter[str] = Counter()
        self.funnel: Counter[str] = Counter()
        self.by_day: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self.revenue: Counter[str] = Counter()
        self.cohorts: defaultdict[int, Counter[int]] = defaultdict(Counter)
        self.units: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.people_rows = TruthFile(
            delivery.truth / "people.csv",
            ["human", "user_id", "lead_id", "is_bot", "country", "account", "plan"]
            + ["first_event_at", "last_event_at", "signed_up_at", "variant"]
            + ["exposed_at", "is_multi_variant", "ordered_in_window"]
            + ["event_count", "order_count", "revenue"],
        )
        self.identifier_rows = TruthFile(
            delivery.truth / "identifiers.csv",
            ["human", "identifier_type", "identifier", "is_shared_device"],
        )

    # -- time ---------------------------------------------------------------------

    def run(self, report: Callable[[int], Any]) -> None:
        """Play all hours; `report` hears of the number of new events."""
        for hour, goal in enumerate(hourly_goals(self.goal, self.plan)):
            before, hour_at = self.event_count, self.plan.start + hour * HOUR
            self.act_until_done(hour)
            while self.event_count < min(round(goal), self.goal):
                self.arrive(hour_at + int(self.random() * HOUR))
            self.act_until_done(hour)
            self.delivery.finish_hour(hour_at)
            report(self.event_count - before)
        self.delivery.close()

    def act_until_done(self, hour: int) -> None:
        """Do all that is due in an hour, with what comes up while doing it."""
        while due := self.actions.pop(hour, None):
            for at, _, person, action in sorted(due, key=lambda item: item[:2]):
                self.act(person, action, at)

    def schedule(self, person: Person, action: str, at: int) -> None:
        """Remember what a person will do, unless it lies beyond the end."""
        if at < self.plan.end:
            self.action_count += 1
            person.pending += 1
            hour = (at - self.plan.start) // HOUR
            self.actions[hour].append((at, self.action_count, person, action))

    def act(self, person: Person, action: str, at: int) -> None:
        """Do what was scheduled; whoever has nothing left to do is written down."""
        if action == "visit":
            Visit(self, person, at).play()
        elif action == "order":
            if not person.ordered_in_window:
                Visit(self, person, at, must_order=True).play()
        elif action == "renew":
            self.renew(person, at)
        else:
            self.emit(person, None, at, "track", "Email Sent", {"template": action})
        person.pending -= 1
        if not person.pending:
            self.write_down(person)

    def gap(self, mean_seconds: float) -> int:
        """A pause of at least a second, so that no two events share one."""
        return SECOND + int(-log(1 - self.random()) * mean_seconds * SECOND)

    # -- people -------------------------------------------------------------------

    def identifier(self, prefix: str) -> str:
        return f"{prefix}{self.source.getrandbits(64):016x}"

    def new_device(self, platform: Platform) -> Device:
        random, collectors = self.random, self.plan.collectors
        is_own = random() < (0.7 if platform.is_app else 0.3)
        collector = collectors[0 if is_own else -1]
        skew = int((random() - 0.4) * 6 * HOUR) if random() < 0.1 else 0
        ip = f"{int(random() * 190) + 11}.{int(random() * 256)}.{int(random() * 256)}.7"
        return Device(self.identifier("d"), platform, collector, ip, skew)

    def arrive(self, at: int) -> None:
        """A new person (every 150th a crawler; every 25th shares a tablet)."""
        self.people_count += 1
        number = self.people_count
        is_bot = number % 150 == 40
        country, name = pick(self.random, COUNTRIES), pick(self.random, NAMES)
        person = Person(number, is_bot, country, name, 0.35 + 1.3 * self.random())
        platform = pick(self.random, CRAWLERS if person.is_bot else BROWSERS)
        person.devices.append(self.new_device(platform))
        if number % 25 == 7:
            person.tablet = self.tablet = self.new_device(TABLET)
            self.tablet.is_shared = True
        elif self.tablet is not None and not person.is_bot:
            person.tablet, self.tablet = self.tablet, None
        person.pending = 1
        self.act(person, "visit", at)

    def write_down(self, person: Person) -> None:
        """Write a person's rows of the truth and forget them."""
        if not person.event_count:
            return
        for stage, name in enumerate(SHOP_STAGES):
            self.funnel[name] += person.stages >> stage & 1
        self.counts["bots" if person.is_bot else "people"] += 1
        if person.variant:
            unit = self.units[person.variant]
            unit["assigned"] += 1
            unit["multi"] += person.is_multi_variant
            if person.exposed_at + WINDOW < self.plan.end:
                unit["closed"] += 1
                unit["ordered"] += person.ordered_in_window
        human = person.human
        self.people_rows.write(
            (
                human,
                person.user_id,
                person.lead_id,
                int(person.is_bot),
                person.country.code,
                person.account,
                person.plan,
                iso(person.first_event_at),
                iso(person.last_event_at),
                iso(person.signed_up_at) if person.signed_up_at else "",
                person.variant,
                iso(person.exposed_at) if person.exposed_at else "",
                int(person.is_multi_variant),
                int(person.ordered_in_window),
                person.event_count,
                person.order_count,
                f"{person.cents / 100:.2f}",
            )
        )
        for device in person.used_devices:
            shared = int(device.is_shared)
            self.identifier_rows.write(
                (human, "anonymous", device.anonymous_id, shared)
            )
        for user_id in filter(None, (person.lead_id, person.user_id)):
            self.identifier_rows.write((human, "user", user_id, 0))

    # -- the gate -----------------------------------------------------------------

    def emit(
        self,
        person: Person,
        device: Device | None,
        at: int,
        kind: str,
        name: str,
        properties: dict[str, Any],
        user_id: str = "",
        details: dict[str, Any] | None = None,
    ) -> bool:
        """Let an event happen, count it and deliver it; false where all is over."""
        if self.event_count >= self.goal or at >= self.plan.end:
            return False
        self.event_count += 1
        if device is None:
            user_id = person.user_id
        event = Event(
            *(at, kind, name, properties, person, device, user_id),
            event_id=self.identifier("m"),
            **(details or {}),
        )
        event.account = event.account or (person.account if user_id else "")
        person.event_count += 1
        person.first_event_at = person.first_event_at or at
        person.last_event_at = max(at, person.last_event_at)
        self.count(person, device, at, kind, name)
        collector = self.plan.collectors[-1] if device is None else device.collector
        self.delivery.deliver(event, collector)
        return True

    def count(
        self, person: Person, device: Device | None, at: int, kind: str, name: str
    ) -> None:
        self.counts[name if kind == "track" else kind] += 1
        day = (at - self.plan.start) // DAY
        day_counts = self.by_day[day]
        day_counts["events"] += 1
        if device is None:
            return
        if device not in person.used_devices:
            person.used_devices.append(device)
        if person.is_bot or day == person.last_day:
            return
        day_counts["active_people"] += 1
        day_counts["new_people"] += person.last_day < 0
        person.last_day = day
        if day // 7 != person.last_week:
            first_week = (person.first_event_at - self.plan.start) // DAY // 7
            self.cohorts[first_week][day // 7 - first_week] += 1
            person.last_week = day // 7

    def count_order(self, at: int, cents: int, currency: str) -> None:
        self.revenue[currency] += cents
        day_counts = self.by_day[(at - self.plan.start) // DAY]
        day_counts["orders"] += 1
        day_counts[f"revenue_cents_{currency.lower()}"] += cents

    # -- what happens without the person ------------------------------------------

    def renew(self, person: Person, at: int) -> None:
        """A subscription's month is over: it renews, or the payment fails."""
        person.renews = bool(person.plan)
        if not person.plan:
            return
        is_lapsed = at - person.last_visit_at > 25 * DAY
        terms = {"plan": person.plan, "currency": person.country.currency}
        if self.random() < (0.4 if is_lapsed else 0.04):
            terms["reason"] = "payment_failed" if self.random() < 0.5 else "not_using"
            self.emit(person, None, at, "track", "Subscription Cancelled", terms)
            person.plan, person.renews = "", False
            return
        price = PLAN_PRICES[person.plan] / 100
        terms["price"] = price
        self.emit(person, None, at, "track", "Subscription Renewed", terms)
        self.schedule(person, "renew", at + 30 * DAY)

    # -- the truth as a whole -----------------------------------------------------

    def finish(self) -> dict[str, Any]:
        """Write down whoever is left and the experiment; return the summary."""
        left = {
            person.number: person
            for actions in self.actions.values()
            for _, _, person, _ in actions
        }
        for number in sorted(left):
            self.write_down(left[number])
        self.people_rows.stream.close()
        self.identifier_rows.stream.close()
        self.write_experiment()
        days = {
            iso(self.plan.start + day * DAY)[:10]: dict(sorted(counts.items()))
            for day, counts in sorted(self.by_day.items())
        }
        return {
            "events": self.event_count,
            "people": self.counts.pop("people"),
            "bots": self.counts.pop("bots", 0),
            "sign_ups": self.counts["Signed Up"],
            "orders": self.counts["Order Completed"],
            "revenue": {
                currency: round(cents / 100, 2)
                for currency, cents in sorted(self.revenue.items())
            },
            "lines": self.delivery.totals,
            "people_who_ever": {stage: self.funnel[stage] for stage in SHOP_STAGES},
            "events_by_name": dict(sorted(self.counts.items())),
            "weekly_active_people_by_first_week": {
                str(week): [counts[age] for age in range(max(counts) + 1)]
                for week, counts in sorted(self.cohorts.items())
            },
            "by_day": days,
        }

    def write_experiment(self) -> None:
        rows = TruthFile(
            self.delivery.truth / "experiment.csv",
            ["experiment", "variant", "assigned_people", "multi_variant_people"]
            + ["people_with_closed_window", "ordered_with_closed_window"]
            + ["true_probability", "true_relative_effect"],
        )
        base = ORDER_PROBABILITY[VARIANTS[0]]
        for variant in VARIANTS:
            unit, probability = self.units[variant], ORDER_PROBABILITY[variant]
            rows.write(
                (EXPERIMENT, variant, unit["assigned"], unit["multi"])
                + (unit["closed"], unit["ordered"], probability)
                + (round(probability / base - 1, 6),)
            )
        rows.stream.close()

"""One visit of one person on one device: arrival, browsing, buying, belonging."""

from bisect import bisect
from itertools import accumulate
from math import log
from typing import TYPE_CHECKING, Any

from event_simulation.people import Device, Person, pick
from event_simulation.vocabulary import (
    APPS,
    CANCEL_REASONS,
    CATEGORIES,
    DAY,
    ERRORS,
    EXPERIMENT,
    FEATURES,
    FIRST_ARRIVALS,
    HOUR,
    LATER_ARRIVALS,
    MINUTE,
    ONBOARDING_STEPS,
    PLAN_PRICES,
    PRODUCTS,
    SEARCH_TERMS,
    SECOND,
    SELECTORS,
    UPGRADES,
    VARIANTS,
    Arrival,
)
from event_simulation.wire import page_title

if TYPE_CHECKING:
    from event_simulation.story import Simulation

_BY_HOUR = "1 1 1 1 1 2 3 5 6 6 6 6 7 6 5 5 6 7 9 10 10 8 5 2"
HOUR_WEIGHTS = tuple(int(weight) for weight in _BY_HOUR.split())
_HOURS = tuple(accumulate(HOUR_WEIGHTS))

SHOP_STAGES = ("product_viewed", "product_added", "checkout_started", "order_completed")

WINDOW = 14 * DAY
ORDER_PROBABILITY = {"control": 0.20, "treatment": 0.24}


class Visit:
    """Plays a visit: every method adds what happens next and moves the clock."""

    def __init__(
        self, story: "Simulation", person: Person, at: int, must_order: bool = False
    ) -> None:
        self.story, self.person, self.must_order = story, person, must_order
        self.random = story.random
        self.at = max(at, person.busy_until + 2 * MINUTE)
        self.device = self.choose_device()
        self.session_id = story.identifier("s") if self.device.platform.is_app else ""
        self.path = "/"
        self.arrival: Arrival | None = None
        self.click_id = ""

    def choose_device(self) -> Device:
        person = self.person
        if self.must_order:
            return person.devices[0]
        tablet = person.tablet
        if tablet and tablet.busy_until < self.at and self.random() < 0.35:
            return tablet
        return pick(self.random, tuple(person.devices))

    def play(self) -> None:
        person, device = self.person, self.device
        person.visit_count += 1
        person.last_visit_at = self.at
        if person.is_bot:
            self.crawl()
        else:
            self.open()
            if person.user_id and not device.is_signed_in:
                self.maybe_sign_in()
            self.browse()
            if self.is_known:
                self.belong()
            elif not person.user_id and not device.is_shared:
                self.maybe_join()
            if self.is_known and self.chance(0.75 if device.is_shared else 0.05):
                self.leave()
        person.busy_until = device.busy_until = self.at
        self.plan_return()

    # -- the smallest steps -------------------------------------------------------

    @property
    def is_known(self) -> bool:
        return self.device.is_signed_in

    def chance(self, probability: float) -> bool:
        return self.random() < probability

    def send(
        self, kind: str, name: str, properties: dict[str, Any], **details: Any
    ) -> bool:
        """Let the next event of this visit happen."""
        person, device = self.person, self.device
        user_id = details.pop("user_id", person.user_id if self.is_known else "")
        details["path"], details["session_id"] = self.path, self.session_id
        if self.arrival is not None:
            details["arrival"], details["click_id"] = self.arrival, self.click_id
        story = self.story
        happened = story.emit(
            person, device, self.at, kind, name, properties, user_id, details
        )
        self.at += story.gap(22)
        return happened

    def track(self, name: str, **properties: Any) -> bool:
        return self.send("track", name, properties)

    def look(self, path: str, name: str, **properties: Any) -> None:
        """See a page, or a screen in an app."""
        self.path = path
        if self.device.platform.is_app:
            self.send("screen", name, properties)
        else:
            self.send("page", name, {"title": page_title(path), **properties})
        self.arrival = None

    # -- coming and going ---------------------------------------------------------

    def open(self) -> None:
        """The first page: how the person came shows in its address."""
        person = self.person
        if not self.device.platform.is_app:
            is_first = person.visit_count == 1
            arrivals = FIRST_ARRIVALS if is_first else LATER_ARRIVALS
            self.arrival = pick(self.random, arrivals)
            if self.arrival.click_parameter:
                self.click_id = self.story.identifier("c")
        if self.chance(0.6):
            self.look("/", "Home")
        else:
            self.category()

    def maybe_sign_in(self) -> None:
        """Sign in, in an app after a look round; known browsers may stay signed out."""
        is_app = self.device.platform.is_app
        if is_app and self.chance(0.6):
            self.view_product()
        if is_app or self.must_order or self.chance(0.65):
            self.device.is_signed_in = True
            self.track("Signed In", method="password")
            self.identify()

    def leave(self) -> None:
        """Sign out; the device is used on without a name for a moment."""
        self.track("Signed Out")
        self.device.is_signed_in = False
        if self.device.is_shared or self.chance(0.5):
            self.category()

    def crawl(self) -> None:
        for _ in range(25 + int(self.random() * 50)):
            if self.chance(0.7):
                self.look(f"/products/{pick(self.random, PRODUCTS)[0]}", "Product")
            else:
                self.category()

    def plan_return(self) -> None:
        """When the person comes back, if ever: members stay longer than guests."""
        person, random = self.person, self.random
        if person.is_bot:
            lapse, mean_days = 0.2, 10.0
        elif person.plan:
            lapse, mean_days = 0.02, 2.2
        elif person.user_id:
            lapse, mean_days = 0.04, 2.6
        else:
            lapse, mean_days = 0.28, 4.5
        lapse /= person.loyalty * self.story.loyalty
        if person.tablet and person.visit_count < 4:
            lapse = 0.1
        if random() < lapse:
            if person.user_id and self.chance(0.4):
                self.story.schedule(person, "win_back", self.at + 21 * DAY)
            return
        if self.chance(0.12):
            back_at = self.at + 2 * HOUR + int(random() * 4 * HOUR)
        else:
            days = 1 + int(-log(1 - random()) * mean_days)
            hour = bisect(_HOURS, random() * _HOURS[-1])
            today = self.at - self.at % DAY
            back_at = today + days * DAY + hour * HOUR + int(random() * HOUR)
        self.story.schedule(person, "visit", back_at)

    # -- shopping -----------------------------------------------------------------

    def category(self) -> None:
        category = pick(self.random, CATEGORIES)
        self.look(f"/categories/{category}", "Category", category=category)

    def browse(self) -> None:
        """Look at things; perhaps put some into the cart, perhaps buy them."""
        random, cart = self.random, []
        steps = 1 + int(-log(1 - random()) * 4.2)
        for _ in range(steps):
            choice = random()
            if choice < 0.5:
                product = self.view_product()
                if self.chance(0.26):
                    cart.append(self.add(product))
            elif choice < 0.72:
                self.category()
            elif choice < 0.86:
                self.look("/search", "Search")
                query = pick(random, SEARCH_TERMS)
                self.track("Feature Used", feature="search", query=query)
            else:
                self.track("Feature Used", feature=pick(random, FEATURES))
            self.stumble()
        if self.must_order and not cart:
            cart.append(self.add(self.view_product()))
        if cart and (self.must_order or self.chance(0.55)):
            self.check_out(cart)

    def stumble(self) -> None:
        if self.chance(0.015):
            code, message = pick(self.random, ERRORS)
            self.track("Error Shown", code=code, message=message)
            if self.chance(0.35):
                self.track("Rage Clicked", selector=pick(self.random, SELECTORS))

    def reach(self, stage: int, happened: bool) -> None:
        self.person.stages |= happened << stage

    def view_product(self) -> tuple[str, str, int]:
        product_id, category, cents = product = pick(self.random, PRODUCTS)
        self.look(f"/products/{product_id}", "Product")
        details = {"product_id": product_id, "category": category}
        self.reach(0, self.track("Product Viewed", **details, price=cents / 100))
        self.expose()
        return product

    def add(self, product: tuple[str, str, int]) -> tuple[str, int, int]:
        product_id, category, cents = product
        quantity = 1 if self.chance(0.8) else 2
        details = {"product_id": product_id, "category": category}
        details |= {"price": cents / 100, "quantity": quantity}
        self.reach(1, self.track("Product Added", **details))
        return product_id, cents, quantity

    def expose(self) -> None:
        """Show the experiment at a device's first product view after its start.

        A person's variant is drawn once. Where a second device is not yet signed in,
        it sometimes shows the other one. Tablets of a household are left out, because
        nobody can tell there whose exposure it was.
        """
        story, person, device = self.story, self.person, self.device
        if self.at < story.experiment_at or device.variant or device.is_shared:
            return
        variant = person.variant or VARIANTS[self.chance(0.5)]
        is_other = bool(person.variant) and not self.is_known and self.chance(0.06)
        if is_other:
            variant = VARIANTS[variant == VARIANTS[0]]
        exposed_at = self.at
        if not self.track("Experiment Viewed", experiment=EXPERIMENT, variant=variant):
            return
        device.variant = variant
        person.is_multi_variant |= is_other
        if not person.variant:
            person.variant, person.exposed_at = variant, exposed_at
            person.is_converter = self.chance(ORDER_PROBABILITY[variant])
            if person.is_converter:
                delay = HOUR + int(self.random() * 12.5 * DAY)
                story.schedule(person, "order", exposed_at + delay)

    @property
    def is_in_window(self) -> bool:
        person = self.person
        return bool(person.variant) and self.at <= person.exposed_at + WINDOW

    def check_out(self, cart: list[tuple[str, int, int]]) -> None:
        """To the checkout and, for some, through it.

        Whether an exposed person orders within the window was decided at exposure, so
        the true effect is exact: the others always stop here until it has closed.
        """
        device, person = self.device, self.person
        cents = sum(price * quantity for _, price, quantity in cart)
        self.look("/cart", "Cart")
        self.look("/checkout", "Checkout")
        self.reach(2, self.track("Checkout Started", cart_value=cents / 100))
        self.stumble()
        if device.is_shared and not self.is_known:
            return
        if self.is_in_window:
            may_order = person.is_converter and (self.must_order or self.chance(0.6))
        else:
            may_order = self.must_order or self.chance(0.5)
        if may_order:
            self.order(cart, cents)

    def order(self, cart: list[tuple[str, int, int]], cents: int) -> None:
        story, person, ordered_at = self.story, self.person, self.at
        story.order_count += 1
        is_reduced = self.chance(0.2)
        cents -= cents // 10 if is_reduced else 0
        currency = person.country.currency
        details: dict[str, Any] = {"order_id": f"o-{story.order_count}"}
        details |= {"revenue": cents / 100, "currency": currency}
        if is_reduced:
            details["coupon"] = "FERN10"
        details["products"] = [
            {"product_id": product_id, "price": price / 100, "quantity": quantity}
            for product_id, price, quantity in cart
        ]
        is_in_window = self.is_in_window
        if not self.track("Order Completed", **details):
            return
        self.reach(3, True)
        person.order_count += 1
        person.cents += cents
        person.ordered_in_window |= is_in_window
        story.count_order(ordered_at, cents, currency)
        if person.user_id:
            story.schedule(person, "order_receipt", ordered_at + 40 * SECOND)

    # -- membership ---------------------------------------------------------------

    def identify(self, user_id: str = "") -> None:
        person = self.person
        user_id = user_id or person.user_id
        traits = {"email": f"{user_id}@mail.example", "name": person.name}
        traits |= {"plan": person.plan or "free", "country": person.country.code}
        self.send("identify", "", {}, traits=traits, user_id=user_id)

    def maybe_join(self) -> None:
        """Sign up, or leave an address for the newsletter, or neither."""
        person = self.person
        is_reader = person.number % 20 == 3
        if is_reader and not person.lead_id:
            is_joining = False
        else:
            is_joining = self.chance(0.9 if person.tablet or is_reader else 0.2)
        if is_joining:
            self.sign_up()
        elif not person.lead_id and self.chance(0.9 if is_reader else 0.03):
            person.lead_id = self.story.identifier("lead_")
            self.identify(person.lead_id)

    def sign_up(self) -> None:
        story, person, device = self.story, self.person, self.device
        self.look("/signup", "Sign Up")
        if self.chance(0.25):
            return
        person.user_id = story.identifier("u_")
        person.signed_up_at = self.at
        device.is_signed_in = True
        method = "google" if self.chance(0.3) else "password"
        if not self.track("Signed Up", method=method, plan="free"):
            person.user_id, person.signed_up_at = "", 0
            return
        self.identify()
        if person.lead_id:
            self.send("alias", "", {}, previous_id=person.lead_id)
        if self.chance(0.2):
            story.account_members += 1
            person.account = f"acct-{story.account_members // 4 + 1}"
            company = {"name": f"Büro {person.account[5:]} GmbH"}
            self.send("group", "", company, account=person.account)
        story.schedule(person, "welcome", self.at + MINUTE)
        if self.chance(0.4):
            person.devices.append(story.new_device(pick(self.random, APPS)))
        self.board()

    def board(self) -> None:
        """Go on with the onboarding where it was left."""
        person = self.person
        while person.onboarding < len(ONBOARDING_STEPS) and self.chance(0.72):
            step = ONBOARDING_STEPS[person.onboarding]
            self.look(f"/welcome/{step}", "Onboarding")
            self.track("Onboarding Step Completed", step=step)
            person.onboarding += 1
            if person.onboarding == len(ONBOARDING_STEPS):
                self.track("Onboarding Completed")

    def belong(self) -> None:
        """What members do: onboard, subscribe, upgrade, cancel."""
        story, person = self.story, self.person
        currency = person.country.currency
        if person.onboarding < len(ONBOARDING_STEPS) and self.chance(0.3):
            self.board()
        if not person.plan:
            if not self.chance(0.05):
                return
            self.look("/membership", "Membership")
            person.plan = pick(self.random, ("basic", "basic", "plus", "pro"))
            price = PLAN_PRICES[person.plan] / 100
            plan = person.plan
            self.track(
                "Subscription Started", plan=plan, price=price, currency=currency
            )
            if not person.renews:
                story.schedule(person, "renew", self.at + 30 * DAY)
                person.renews = True
        elif person.plan in UPGRADES and self.chance(0.03):
            person.plan = UPGRADES[person.plan]
            price = PLAN_PRICES[person.plan] / 100
            plan = person.plan
            self.track(
                "Subscription Upgraded", plan=plan, price=price, currency=currency
            )
        elif self.chance(0.02):
            self.look("/membership", "Membership")
            reason = pick(self.random, CANCEL_REASONS)
            self.track("Subscription Cancelled", plan=person.plan, reason=reason)
            person.plan = ""

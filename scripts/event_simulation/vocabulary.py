"""The words of the simulated shop: products, people's names, devices, campaigns."""

from typing import NamedTuple

SITE = "https://shop.fernway.test"
EXPERIMENT = "checkout_button"
VARIANTS = ("control", "treatment")

SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000

CATEGORIES = ("plants", "pots", "tools", "seeds", "lighting", "books")
PRODUCTS = tuple(
    (f"p-{number:03d}", CATEGORIES[number % 6], 390 + (number * 977) % 8_800)
    for number in range(1, 73)
)
PLAN_PRICES = {"basic": 900, "plus": 1_900, "pro": 3_900}
UPGRADES = {"basic": "plus", "plus": "pro"}
ONBOARDING_STEPS = ("profile", "interests", "import")
FEATURES = ("wishlist", "compare", "share", "export")
CANCEL_REASONS = ("too_expensive", "not_using", "moved_away", "other")
ERRORS = (
    ("E402", "Payment declined"),
    ("E500", "Etwas ist schiefgelaufen – bitte später erneut versuchen"),
    ("E503", "انقطع الاتصال"),
)
SELECTORS = ("#apply-coupon", ".gallery > img:nth-child(2)", "button[data-buy]")

NAMES = (
    "Zoë Müller",
    "José Álvarez",
    "李雷",
    "नेहा शर्मा",
    "محمد علي",
    "דנה כהן",
    "Jörg Groß",
    "Nguye\u0302\u0303n Anh",
    "Ana 🌿 Silva",
    "Olu Ade\u0301wa\u0300le\u0301",
    "Mary O'Neil",
    'Jim "Fern" Brown',
    "Kate Smith",
    "さくら 田中",
    "Łukasz Żak",
    "Emma Jones",
)
SEARCH_TERMS = (
    "monstera",
    "pot 20cm",
    "🪴 small",
    "kaktus für anfänger",
    "صبار",
    "עציץ",
    "cafe\u0301 plant",
    "観葉植物",
    'c:\\plants "rare"',
    "aloe\tvera",
    "👩‍🌾 gloves",
)
TITLES = {
    "/": "Fernway 🌿 plants for every room",
    "/search": "Search – Fernway",
    "/cart": "Cart – Fernway",
    "/checkout": "Checkout – Fernway",
    "/signup": "Join Fernway — it’s free",
    "/membership": "Membership · Fernway",
}


class Country(NamedTuple):
    code: str
    locale: str
    timezone: str
    offset: str
    offset_minutes: int
    currency: str


COUNTRIES = (
    Country("US", "en-US", "America/New_York", "-05:00", -300, "USD"),
    Country("US", "en-US", "America/Los_Angeles", "-08:00", -480, "USD"),
    Country("GB", "en-GB", "Europe/London", "+00:00", 0, "GBP"),
    Country("DE", "de-DE", "Europe/Berlin", "+01:00", 60, "EUR"),
    Country("FR", "fr-FR", "Europe/Paris", "+01:00", 60, "EUR"),
    Country("IN", "hi-IN", "Asia/Kolkata", "+05:30", 330, "USD"),
    Country("IL", "he-IL", "Asia/Jerusalem", "+02:00", 120, "EUR"),
)


class Platform(NamedTuple):
    """What a device says about itself."""

    is_app: bool
    device_type: str
    os: str
    os_version: str
    user_agent: str


def _browser(device_type: str, os: str, version: str, agent: str) -> Platform:
    return Platform(False, device_type, os, version, f"Mozilla/5.0 {agent}")


_WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
BROWSERS = (
    _browser(
        "desktop",
        "Windows",
        "10",
        f"(Windows NT 10.0; Win64; x64) {_WEBKIT} Chrome/143.0.0.0 Safari/537.36",
    ),
    _browser(
        "desktop",
        "Mac OS X",
        "10.15.7",
        "(Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
        "(KHTML, like Gecko) Version/18.2 Safari/605.1.15",
    ),
    _browser(
        "desktop",
        "Linux",
        "",
        "(X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0",
    ),
    _browser(
        "mobile",
        "Android",
        "15",
        f"(Linux; Android 15; Pixel 9) {_WEBKIT} Chrome/143.0.0.0 Mobile Safari/537.36",
    ),
    _browser(
        "mobile",
        "iOS",
        "18.2",
        "(iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 "
        "(KHTML, like Gecko) Version/18.2 Mobile/15E148 Safari/604.1",
    ),
)
TABLET = _browser(
    "tablet",
    "iPadOS",
    "18.2",
    "(iPad; CPU OS 18_2 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.2 Mobile/15E148 Safari/604.1",
)
APPS = (
    Platform(True, "mobile", "iOS", "18.2", "Fernway/4.2 (iPhone17,1; iOS 18.2)"),
    Platform(True, "mobile", "Android", "15", "Fernway/4.2 (Pixel 9; Android 15)"),
)
CRAWLERS = (
    _browser(
        "desktop",
        "",
        "",
        f"{_WEBKIT}; compatible; Googlebot/2.1; +http://www.google.com/bot.html) "
        "Chrome/143.0.0.0 Safari/537.36",
    ),
    _browser(
        "desktop",
        "",
        "",
        "(compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    ),
    _browser(
        "desktop", "", "", "(compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)"
    ),
)


class Arrival(NamedTuple):
    """How a visit came to the site: referrer, utm parameters, click id parameter."""

    referrer: str
    source: str = ""
    medium: str = ""
    campaign: str = ""
    term: str = ""
    click_parameter: str = ""


DIRECT = Arrival("")
_SEARCH = Arrival("https://www.google.com/")
_AD = Arrival(
    "https://www.google.com/", "google", "cpc", "spring_plants", "house plants", "gclid"
)
_SOCIAL = Arrival(
    "https://m.facebook.com/", "facebook", "paid_social", "grün_2026", "", "fbclid"
)
_LETTER = Arrival("", "newsletter", "email", "weekly_digest")
_AFFILIATE = Arrival(
    "https://plantblog.test/best-ferns", "plantblog", "affiliate", "best_ferns"
)
_FORUM = Arrival("https://old.reddit.com/r/houseplants/")
FIRST_ARRIVALS = (
    *[DIRECT] * 5,
    *[_SEARCH] * 6,
    *[_AD] * 4,
    *[_SOCIAL] * 3,
    _AFFILIATE,
    _FORUM,
)
LATER_ARRIVALS = (*[DIRECT] * 12, *[_SEARCH] * 3, *[_LETTER] * 3, _AD, _SOCIAL)

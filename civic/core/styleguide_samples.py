"""What the style guide shows in each component: made up, but as it would be in a city."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.templatetags.static import static

from civic.core import clock, styleguide_forms
from civic.core.money import Money
from civic.core.styleguide_forms import DISTRICTS, Sample


def euros(amount: int) -> Money:
    """Whole euros."""
    return Money(100 * amount, "EUR")


PLACES = [
    {"lat": 53.62, "lon": 6.945, "title": "A roof for the market", "href": "#", "text": "Old Town"},
    {"lat": 53.64, "lon": 6.95, "title": "Swimming in the harbour", "href": "#", "text": "Harbour"},
]
FACTORS: list[dict[str, Any]] = [
    {"name": "Public interest", "score": 78, "floor": 50, "why": "412 supporters in six districts"},
    {"name": "Public engagement", "score": 61, "floor": 40, "why": "38 comments, 11 offers of help"},
    {
        "name": "Business viability",
        "score": 44,
        "floor": 50,
        "why": "Running costs covered for two of five years",
    },
    {"name": "Market opportunities", "score": 70, "floor": None, "why": "Three partners want to repeat it"},
]
UNKNOWN = [*FACTORS[:3], {**FACTORS[3], "score": None, "why": "No partner has answered yet"}]
STAGES = [
    {"title": "In review", "state": "done"},
    {"title": "Open", "state": "done"},
    {"title": "On the ballot", "state": "current", "note": "until 14 December"},
    {"title": "Raising money", "state": "todo"},
    {"title": "Being delivered", "state": "todo"},
]
BY_THEME = [("Parks and nature", 24), ("Getting around", 17), ("Children and youth", 11), ("Culture", 6)]
BALLOTS = [("1 Dec", 120), ("2 Dec", 410), ("3 Dec", 380), ("4 Dec", 640), ("5 Dec", 905), ("6 Dec", 860)]


def _kinds(text: str, kinds: tuple[str, ...]) -> Iterator[Sample]:
    for kind in kinds:
        yield {"text": text, "kind": kind}


def _buttons(theme: str) -> list[Sample]:
    return [
        {"text": "Cast your ballot", "icon": "vote"},
        {"text": "Follow", "kind": "second", "icon": "follow"},
        {"text": "Not now", "kind": "quiet"},
        {"text": "Withdraw", "kind": "danger"},
        {"text": "Cast your ballot", "why": "Voting opens 3 March."},
    ]


def _badges(theme: str) -> list[Sample]:
    words = {
        "draft": "Draft",
        "submitted": "In review",
        "open": "Open",
        "funded": "Funded",
        "failed": "Failed",
    }
    return [{"text": text, "state": state} for state, text in words.items()]


def _project(theme: str) -> list[Sample]:
    return [
        {
            "title": "A green roof for the bus stops of Harbour Street",
            "href": "#",
            "picture": static("img/sample-cover.svg"),
            "pitch": "Twelve shelters that cool the street, feed bees and hold the rain.",
            "state": "open",
            "state_text": "open",
            "theme": "Climate and energy",
            "place": "Harbour",
            "cost": euros(48_000),
            "supports": 412,
            "comments": 38,
        }
    ]


def _call(theme: str) -> list[Sample]:
    return [
        {
            "title": "Neighbourhood budget",
            "href": "#",
            "summary": "Ideas for streets, squares and parks that can be built within a year.",
            "state": "voting",
            "state_text": "Voting now",
            "until": clock.now() + timedelta(days=9),
            "until_text": "Voting ends",
            "budget": euros(500_000),
            "projects": 18,
            "action": "See the ballot",
        }
    ]


def _story(theme: str) -> list[Sample]:
    return [
        {
            "title": "The square that the bakers built",
            "href": "#",
            "picture": static("img/sample-cover.svg"),
            "summary": "Three bakeries, a school and forty neighbours turned a car park into a market.",
            "date": clock.now() - timedelta(days=20),
        }
    ]


def _comments(theme: str) -> list[Sample]:
    now = clock.now()
    answer = {
        "id": f"{theme}-answer",
        "name": "Tom Vries",
        "at": now - timedelta(hours=2),
        "text": "Yes: the school gives us the key.",
        "note": "project team",
    }
    return [
        {
            "id": f"{theme}-comment",
            "name": "Ada Maria Lind",
            "at": now - timedelta(days=1),
            "text": "Who waters the plants in August?\n\nI could take two of the stops.",
            "replies": [answer],
        },
        {
            "id": f"{theme}-gone",
            "name": "Somebody",
            "gone": "Removed by a moderator: it named a private person.",
        },
    ]


def _people(theme: str) -> list[Sample]:
    return [{"name": name} for name in ("Ada Maria Lind", "Tom Vries", "Yusuf Kaya", "Ines Roth", "Bo Ek")]


def _timeline(theme: str) -> list[Sample]:
    now = clock.now()
    entries = [
        {
            "title": "Permission of the road office",
            "at": now - timedelta(days=40),
            "who": "City of Aldermere",
        },
        {"title": "First three shelters planted", "at": now, "text": "With class 7b.", "kind": "now"},
        {"title": "All twelve done", "at": now + timedelta(days=60), "kind": "todo"},
    ]
    return [{"entries": entries}]


def _table(theme: str) -> list[Sample]:
    columns = [
        {"title": "Project"},
        {"title": "Votes", "number": True, "sort_href": "#", "sorted": "descending"},
        {"title": "Cost", "number": True, "sort_href": "#"},
    ]
    rows = [
        [{"text": "Green bus stops", "href": "#"}, "1,204", "€48,000"],
        [{"text": "Swimming in the harbour", "href": "#"}, "988", "€120,000"],
    ]
    return [{"caption": f"Results ({theme})", "columns": columns, "rows": rows}]


def _receipt(theme: str) -> list[Sample]:
    facts = [("Call", "Neighbourhood budget"), ("Cast", "14 December 2026, 18:02"), ("Projects chosen", "4")]
    return [
        {"title": "Your ballot is cast", "code": "K7PM-2QXD-91TF", "facts": facts, "text": "Keep this code."}
    ]


SAMPLES: dict[str, Callable[[str], list[Sample]]] = {
    "button": _buttons,
    "link_button": lambda theme: [{"text": "Propose a project", "href": "#", "icon_after": "arrow-right"}],
    "badge": _badges,
    "field": lambda theme: [{"id": "empty"}, {"id": "wrong", "data": {}}],
    "choice_cards": styleguide_forms.cards,
    "error_summary": styleguide_forms.wrong,
    "card_project": _project,
    "card_call": _call,
    "card_story": _story,
    "card_dataset": lambda theme: [
        {
            "title": "Ballots and results 2025",
            "href": "#",
            "summary": "Every ballot without its voter, and the tally that follows from them.",
            "formats": ["CSV", "JSON", "pb"],
            "licence": "CC BY 4.0",
            "publisher": "City of Aldermere",
            "updated": clock.now() - timedelta(days=3),
        }
    ],
    "meter": lambda theme: [
        {
            "label": "Budget used",
            "value": euros(38_000),
            "limit": euros(50_000),
            "value_text": "€38,000",
            "limit_text": "of €50,000",
        },
        {
            "label": "Raised",
            "value": 21,
            "limit": 60,
            "extra": 14,
            "value_text": "€21,000",
            "limit_text": "of €60,000",
            "extra_text": "€14,000 of city match are estimated",
        },
    ],
    "factor_chart": lambda theme: [
        {
            "id": f"{theme}-factors",
            "factors": FACTORS,
            "title": "Four factors",
            "rule": "1",
            "at": clock.now(),
        },
        {"id": f"{theme}-unknown", "factors": UNKNOWN, "title": "Four factors, one unknown"},
    ],
    "bar_chart": lambda theme: [{"id": f"{theme}-bars", "title": "Projects by theme", "points": BY_THEME}],
    "line_chart": lambda theme: [{"id": f"{theme}-line", "title": "Ballots a day", "points": BALLOTS}],
    "stepper": lambda theme: [{"steps": STAGES, "label": f"Stages of this project ({theme})"}],
    "timeline": _timeline,
    "tabs": lambda theme: [
        {
            "label": f"Parts of this project ({theme})",
            "tabs": [
                {"title": "Story", "href": "#", "current": True},
                {"title": "Discussion", "href": "#", "count": 38},
                {"title": "Money", "href": "#"},
            ],
        }
    ],
    "table": _table,
    "pager": lambda theme: [{"next_href": "#", "first_href": "#", "text": "24 of 160 projects"}],
    "filter_bar": styleguide_forms.filters,
    "map": lambda theme: [
        {
            "id": f"{theme}-map",
            "label": f"Projects on the map ({theme})",
            "places": PLACES,
            "districts": DISTRICTS,
        }
    ],
    "map_pick": styleguide_forms.pick,
    "avatar": _people,
    "person": lambda theme: [{"name": "Ada Maria Lind", "note": "Project lead", "href": "#"}],
    "organisation_chip": lambda theme: [{"name": "Harbour Bakery", "kind": "business", "href": "#"}],
    "comment": _comments,
    "alert": lambda theme: [
        {
            "title": "You can vote until 14 December",
            "text": "You may change your ballot until then.",
            "kind": "info",
        },
        {"text": "Your address is confirmed.", "kind": "positive"},
        {"title": "Returned for changes", "text": "Please name the owner of the ground.", "kind": "warning"},
        {"text": "This call is closed.", "kind": "danger"},
    ],
    "toast": lambda theme: list(_kinds("Your comment is published.", ("success",))),
    "dialog": lambda theme: [
        {
            "id": f"{theme}-dialog",
            "opener": "Withdraw",
            "fallback_href": "#",
            "title": "Withdraw this project?",
            "text": "Its 412 supporters will be told. You can propose it again in another call.",
            "action": "#",
            "confirm": "Withdraw the project",
            "kind": "danger",
        }
    ],
    "empty_state": lambda theme: [
        {
            "title": "No project matches",
            "text": "Try fewer filters, or be the first to propose one.",
            "href": "#",
            "action": "Propose a project",
            "level": 3,
        }
    ],
    "progress": lambda theme: [
        {"label": "Reading ballots", "done": 42_000, "total": 90_494, "text": "You can close this page."}
    ],
    "money": lambda theme: [{"amount": euros(48_000), "label": "Cost", "was": euros(52_500)}],
    "date": lambda theme: [{"at": clock.now() + timedelta(days=9), "label": "Voting ends"}],
    "code": lambda theme: [{"id": f"{theme}-code", "text": "curl https://example.org/api/v1/projects/"}],
    "receipt": _receipt,
    "breadcrumb": lambda theme: [{"trail": [("Home", "#"), ("Projects", "#")], "here": "Green bus stops"}],
}

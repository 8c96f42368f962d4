"""The money flow picture: how much went from which kind of account to which, as streams of their size.

Flows are counted along the chain, so that the totals of yesterday stay true and only what was linked since has to be
read.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.utils.translation import gettext_lazy as _

from civic.core.money import Money
from marketplace.ledger.chart import Text, shape
from marketplace.ledger.models import Link

Way = tuple[str, str, str]  # the debited shape, the credited one, the currency


@dataclass(frozen=True)
class Flow:
    """So much was debited on accounts of one shape against accounts of another."""

    debited: str
    credited: str
    amount: Money


def flows(book: str) -> list[Flow]:
    """All flows of the book as far as it is linked (ten seconds behind at most); three statements.

    The first reading reads every entry; after that each reads those that are new.
    """
    key = f"ledger-flows:{book}"
    seq, totals = _known(book, cache.get(key))
    last = Link.objects.filter(book=book).order_by("-seq").values_list("seq", "hash").first()
    if last and last[0] > seq:
        totals = totals + _counted(book, seq, last[0])
        cache.set(key, (last[0], bytes(last[1]).hex(), totals), timeout=None)
    return [Flow(way[0], way[1], Money(total, way[2])) for way, total in sorted(totals.items())]


def totals(flows: list[Flow]) -> dict[tuple[str, str], int]:
    """What is in the accounts of each shape and currency after these flows; debit positive, zeros left out."""
    found: Counter[tuple[str, str]] = Counter()
    for flow in flows:
        found[flow.debited, flow.amount.currency] += flow.amount.minor
        found[flow.credited, flow.amount.currency] -= flow.amount.minor
    return {place: total for place, total in sorted(found.items()) if total}


Kept = tuple[int, str, "Counter[Way]"]


def _known(book: str, kept: Kept | None) -> tuple[int, Counter[Way]]:
    """What was counted before, unless the book is another one by now (a restored or a new database)."""
    if kept and Link.objects.filter(book=book, seq=kept[0], hash=bytes.fromhex(kept[1])).exists():
        return kept[0], kept[2]
    return 0, Counter()


def _counted(book: str, after: int, last: int) -> Counter[Way]:
    totals: Counter[Way] = Counter()
    with connection.chunked_cursor() as cursor:
        cursor.execute(LEGS, [book, after, last])
        for _, legs in groupby(cursor, key=itemgetter(0, 2)):
            for debited, credited, minor, currency in _pairs([leg[1:] for leg in legs]):
                totals[debited, credited, currency] += minor
    return totals


LEGS = """
SELECT link.seq, account.code, posting.currency, posting.amount
FROM ledger_link link
JOIN ledger_posting posting ON posting.entry_id = link.entry_id
JOIN ledger_account account ON account.id = posting.account_id
WHERE link.book = %s AND link.seq > %s AND link.seq <= %s
ORDER BY link.seq, posting.currency, posting.id
"""


def _pairs(legs: list[tuple[str, str, int]]) -> Iterator[tuple[str, str, int, str]]:
    """Which debit went with which credit: in the order of the legs, so that movements written in pairs stay pairs."""
    spent = [(shape(code), amount) for code, _, amount in legs if amount > 0]
    owed = [(shape(code), -amount) for code, _, amount in legs if amount < 0]
    while spent and owed:
        (debited, much), (credited, there) = spent.pop(0), owed.pop(0)
        minor = min(much, there)
        yield debited, credited, minor, legs[0][1]
        spent[:0] = [(debited, much - minor)] if much > minor else []
        owed[:0] = [(credited, there - minor)] if there > minor else []


# Shape of the account that a campaign's money came from, by its beginning.
SOURCES = {
    "bank": "pledges",
    "provider": "pledges",
    "suspense": "pledges",
    "sponsorship": "sponsors",
    "fund": "funds",
}
# … and that it went to: by its shape, or else by its beginning. A sponsor's lost payment is due again; of a credit
# note it is owed back.
GOALS = {
    "bank": "paid",
    "provider": "paid",
    "refund": "back",
    "fund": "back",
    "sponsorship/paid": "back",
    "sponsorship/due": "lost",
}
STAGES = {"campaign/held": "held", "campaign/committed": "promised", "campaign/released": "ready"}
NAMES: dict[str, Text] = {
    "pledges": _("Pledges and gifts"),
    "sponsors": _("Sponsors"),
    "funds": _("Match funds"),
    "other": _("Other"),
    "held": _("Held until a campaign is decided"),
    "promised": _("Promised to projects that keep on delivering"),
    "ready": _("Ready to be paid out"),
    "paid": _("Paid out to projects"),
    "back": _("Given back"),
    "lost": _("Taken back in disputes"),
}
INTO, OUT = ("pledges", "sponsors", "funds", "other"), ("held", "promised", "ready", "paid", "back", "lost")


@dataclass(frozen=True)
class Stream:
    """One of the streams, with its ribbon: an SVG path between the edge and the middle of the picture."""

    slug: str
    name: Text
    amount: Money
    ribbon: str


@dataclass(frozen=True)
class Picture:
    """What came in is what is there and what has left: both sides are of one size."""

    total: Money
    sources: list[Stream]
    goals: list[Stream]


def pictures(flows: list[Flow]) -> list[Picture]:
    """One picture a currency, the largest first; none where no project got money yet."""
    currencies = {flow.amount.currency for flow in flows}
    drawn = [_picture([flow for flow in flows if flow.amount.currency == one], one) for one in currencies]
    return sorted((one for one in drawn if one.total.minor), key=lambda one: -one.total.minor)


def _picture(flows: list[Flow], currency: str) -> Picture:
    came: Counter[str] = Counter()
    went: Counter[str] = Counter()
    for flow in flows:
        _sort(flow, came, went)
    total = sum(came.values())
    return Picture(
        Money(total, currency),
        list(_streams(INTO, came, total, currency, edge=0)),
        list(_streams(OUT, went, total, currency, edge=WIDTH)),
    )


def _sort(flow: Flow, came: Counter[str], went: Counter[str]) -> None:
    """Counts a flow; within the projects' money it changes the stage, across its border it comes or goes."""
    minor, source, goal = flow.amount.minor, _first(flow.debited), _first(flow.credited)
    if goal == "campaign" and source != "campaign":
        if flow.credited == "campaign/released":
            went[GOALS.get(source, "lost")] -= minor  # a payout came back
        else:
            came[SOURCES.get(source, "other")] += minor
    if source == "campaign" and goal != "campaign":
        went[GOALS.get(flow.credited) or GOALS.get(goal, "lost")] += minor
    if goal == "campaign":
        went[STAGES.get(flow.credited, "held")] += minor
    if source == "campaign":
        went[STAGES.get(flow.debited, "held")] -= minor


def _first(shape: str) -> str:
    return shape.partition("/")[0]


WIDTH, HEIGHT, GAP, BAR = 300, 200, 8, 8


def _streams(order: tuple[str, ...], sums: Any, total: int, currency: str, *, edge: int) -> Iterator[Stream]:
    """From top to bottom: at the edge with gaps between them, in the middle without."""
    there = [slug for slug in order if sums[slug] > 0]
    scale = (HEIGHT - GAP * (len(there) - 1)) / total if total else 0
    outer, inner = 0.0, (HEIGHT - scale * total) / 2
    for slug in there:
        high = sums[slug] * scale
        yield Stream(slug, NAMES[slug], Money(sums[slug], currency), _ribbon(edge, outer, inner, high))
        outer, inner = outer + high + GAP, inner + high


def _ribbon(edge: int, outer: float, inner: float, high: float) -> str:
    """From the bar at the edge to the bar in the middle, bending half-way."""
    start, end = (BAR, WIDTH / 2 - BAR / 2) if edge == 0 else (WIDTH - BAR, WIDTH / 2 + BAR / 2)
    bend = (start + end) / 2
    there = f"M{edge},{outer:.1f}H{start}C{bend},{outer:.1f} {bend},{inner:.1f} {end},{inner:.1f}"
    back = f"V{inner + high:.1f}C{bend},{inner + high:.1f} {bend},{outer + high:.1f} {start},{outer + high:.1f}H{edge}Z"
    return there + back

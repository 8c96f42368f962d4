"""The money flow picture: where projects' money came from and where it is now, as streams of their size."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic.core.money import Money
from marketplace.ledger.chart import Text
from marketplace.ledger.flows import Flow

# Shape of the account that a campaign's money came from, by its beginning.
SOURCES = {
    "bank": "pledges",
    "provider": "pledges",
    "suspense": "pledges",
    "sponsorship": "sponsors",
    "fund": "funds",
}
# … and that it went to.
GOALS = {"bank": "paid", "provider": "paid", "refund": "back", "fund": "back", "sponsorship": "back"}
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
        went[GOALS.get(goal, "lost")] += minor
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

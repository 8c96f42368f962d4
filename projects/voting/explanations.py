"""Why a project won or did not, in words that need no mathematics; the figures come from the stored result."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from civic.core.money import Money
from projects.calls.models import Call
from projects.voting.models import ProjectResult, Tally
from projects.voting.rules import BY_SHARES
from projects.voting.rules.outcome import Why


def explain(result: ProjectResult, tally: Tally) -> str:
    """One or two sentences about a result; `tally` with its call."""
    words = _won(result, tally) if result.won else _lost(result, tally)
    tie = _("It stood equal with another project; the published order for ties decided.")
    return f"{words} {tie}" if result.tie else words


def _won(result: ProjectResult, tally: Tally) -> str:
    if not by_shares(tally):
        words = _("Its turn came at place %(place)s of the list, and the money was still enough.")
        return words % {"place": result.place}
    if result.price_minor is None:
        return _("Bought from what was left over, as the next on the list that still fitted.")
    values = {"price": money(result.price_minor, tally), "place": result.place}
    if tally.call.ballot_kind in (Call.BallotKind.POINTS, Call.BallotKind.RANKING):
        words = _("Its voters paid for it from their shares: %(price)s a point. Chosen in round %(place)s.")
    else:
        words = _(
            "Its voters paid for it from their shares: %(price)s each at most. Chosen in round %(place)s."
        )
    return words % values


# Why a project lost, where its own money was short: by how much.
SHORT = {
    Why.DID_NOT_FIT: gettext_lazy("When its turn came, the money left was %(missing)s short of its cost."),
    Why.SHARES_SHORT: gettext_lazy("The shares that its voters had left fall %(missing)s short of its cost."),
}


def _lost(result: ProjectResult, tally: Tally) -> str:
    """Raises KeyError for a reason that has no words: another's would be untrue."""
    if result.why == Why.TOO_COSTLY:
        return _("It costs more than the whole budget of this call.")
    if result.why == Why.NO_SUPPORT:
        return _("Nobody voted for it.")
    words = SHORT[Why(result.why)] % {"missing": money(result.missing_minor or Decimal(0), tally)}
    return f"{words} {_more(result, tally)}".strip()


def _more(result: ProjectResult, tally: Tally) -> str:
    if result.why == Why.SHARES_SHORT:
        if result.raise_minor is None:
            return ""
        words = _(
            "Had every share been %(raise)s higher, they would have paid for it; with %(unit)s less they would not."
        )
        figures = {"raise": result.raise_minor, "unit": tally.unit_minor}
        return words % {name: money(Decimal(minor), tally) for name, minor in figures.items()}
    more = result.more_supporters
    if not more:
        return ""
    if tally.call.ballot_kind in (Call.BallotKind.POINTS, Call.BallotKind.RANKING):
        text = ngettext(
            "%(count)s more point would have been enough.",
            "%(count)s more points would have been enough.",
            more,
        )
    else:
        text = ngettext(
            "%(count)s more vote would have been enough.",
            "%(count)s more votes would have been enough.",
            more,
        )
    return text % {"count": number_format(more, force_grouping=True)}


def by_shares(tally: Tally) -> bool:
    """Whether the rule gave each voter a share to pay from."""
    return tally.rule in BY_SHARES


def share(tally: Tally) -> str:
    """What each voter had to decide over at the end; empty for a rule without shares."""
    return money(Decimal(tally.trace["share"]) * tally.unit_minor, tally) if by_shares(tally) else ""


def money(minor: Decimal, tally: Tally) -> str:
    """A decimal amount of minor units for reading, rounded half up to one minor unit."""
    return Money(int(minor.quantize(Decimal(1), rounding=ROUND_HALF_UP)), tally.currency).format()

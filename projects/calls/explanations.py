"""A call's rules in plain words: who votes, how a ballot is filled in, how it is counted."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.calls.models import Call


def who_votes(call: Call) -> str:
    """Who may vote; reads the prefetched areas."""
    areas = ", ".join(area.name for area in call.areas.all())
    if call.eligibility == Call.Eligibility.REGISTERED:
        return _("Everybody with an account may vote.")
    if areas:
        return _("Residents of %(areas)s may vote, once the city has verified where they live.") % {
            "areas": areas
        }
    return _("Residents of the city may vote, once the city has verified where they live.")


def how_voted(call: Call) -> str:
    """What a ballot is."""
    most = call.ballot_max
    kinds = {
        Call.BallotKind.APPROVAL: _("You mark every project that you want."),
        Call.BallotKind.BASKET: _("You put projects into a basket until the budget of %(budget)s is used.")
        % {"budget": call.budget},
        Call.BallotKind.POINTS: _("You share out points among the projects."),
        Call.BallotKind.RANKING: _("You put the projects that you want in order, the best first."),
    }
    return " ".join(filter(None, [kinds[Call.BallotKind(call.ballot_kind)], _limit(call, most)]))


def _limit(call: Call, most: int | None) -> str:
    if most is None:
        return ""
    if call.ballot_kind == Call.BallotKind.POINTS:
        return ngettext("You have %(n)s point.", "You have %(n)s points.", most) % {"n": most}
    return ngettext("At most %(n)s project.", "At most %(n)s projects.", most) % {"n": most}


def how_counted(call: Call) -> list[str]:
    """The rule in a few sentences."""
    if call.tally_rule == Call.TallyRule.GREEDY:
        return [
            _("The project with the most votes wins first, then the next, as long as the money lasts."),
            _("A project that no longer fits is passed over."),
        ]
    sentences = [
        _(
            "Every voter gets an equal share of the budget. A project wins when those who voted for it can pay its "
            "cost from their shares."
        ),
        _("So money goes to what different groups of people want, and not all of it to one majority."),
    ]
    if call.completion == Call.Completion.ADD1:
        sentences.append(
            _("Money that is left is given out by raising every share a little until nothing more fits.")
        )
    return sentences

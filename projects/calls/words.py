"""What a call's state, phases and rules are in plain words."""

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from projects.calls import queries
from projects.calls.call_page import Action
from projects.calls.models import Call, Phase
from projects.calls.states import CallState, PhaseKind

NOW = {
    PhaseKind.PROPOSALS: lazy("Open for proposals"),
    PhaseKind.REVIEW: lazy("Proposals are being reviewed"),
    PhaseKind.VOTING: lazy("Voting now"),
    PhaseKind.FUNDING: lazy("Raising money"),
    PhaseKind.DELIVERY: lazy("Being delivered"),
}
UNTIL = {
    PhaseKind.PROPOSALS: lazy("Propose until"),
    PhaseKind.REVIEW: lazy("Review ends"),
    PhaseKind.VOTING: lazy("Vote until"),
    PhaseKind.FUNDING: lazy("Funding ends"),
    PhaseKind.DELIVERY: lazy("Delivery ends"),
}
OPENS = {
    PhaseKind.PROPOSALS: lazy("Proposals open on %(date)s."),
    PhaseKind.REVIEW: lazy("Review begins on %(date)s."),
    PhaseKind.VOTING: lazy("Voting opens on %(date)s."),
    PhaseKind.FUNDING: lazy("Funding opens on %(date)s."),
    PhaseKind.DELIVERY: lazy("Delivery begins on %(date)s."),
}


def day(moment: datetime) -> str:
    """A day as people say it, in the reader's zone."""
    return date_format(localtime(moment), "j F Y")


def dates(phase: Phase) -> str:
    """From and to, short; the end is the last moment, so midnight counts as the day before."""
    first, last = localtime(phase.starts_at), localtime(phase.ends_at - phase.ends_at.resolution)
    form = "j M" if first.year == last.year else "j M Y"
    return f"{date_format(first, form)} – {date_format(last, 'j M Y')}"


def steps(call: Call, at: datetime) -> list[dict[str, object]]:
    """The phases as the stepper shows them: done, current or todo; of a call that was called off only what was done."""
    running = next((phase for phase in call.ordered_phases() if phase.covers(at)), None)
    if call.state == CallState.CALLED_OFF:
        at, running = call.state_since or at, None
    return [
        {
            "phase": phase,
            "title": phase.get_kind_display(),
            "state": "done" if phase.ends_at <= at else "current" if phase == running else "todo",
            "note": dates(phase),
        }
        for phase in call.ordered_phases()
    ]


def badge(call: Call, at: datetime) -> dict[str, str]:
    """Where the call stands: `text`, and the `state` that gives it its colour. An open call is what its phase is."""
    phase, passed = call.phase_at(at), call.last_phase(at)
    if call.state != CallState.OPEN:
        return {"state": call.state, "text": call.get_state_display()}
    if phase:
        return {"state": phase.kind, "text": str(NOW[PhaseKind(phase.kind)])}
    if passed and passed.kind == PhaseKind.VOTING:
        return {"state": CallState.CLOSED, "text": _("Voting is over, votes are being counted")}
    if call.next_phase(at):
        return {"state": "", "text": _("Between phases") if passed else _("Not open yet")}
    return {"state": CallState.CLOSED, "text": _("Over")}


def card(call: Call, at: datetime) -> dict[str, Any]:
    phase, coming = call.phase_at(at), call.next_phase(at)
    running = call.state == CallState.OPEN and phase is not None
    data: dict[str, Any] = {"until": None, "until_text": ""}
    if phase and running:
        data = {"until": phase.last_minute, "until_text": UNTIL[PhaseKind(phase.kind)]}
    elif call.state == CallState.OPEN and coming:
        data = {"until": coming.starts_at, "until_text": _("Goes on")}
    return {"call": call, "running": running, **badge(call, at), **data}


def nothing_to_do(call: Call, at: datetime) -> Action:
    """The action's place where nobody offers one: when the next thing happens, or that it is over."""
    coming = call.next_phase(at)
    if call.state == CallState.OPEN and coming:
        return Action(
            _("Nothing to do right now"), why=OPENS[PhaseKind(coming.kind)] % {"date": day(coming.starts_at)}
        )
    if call.state == CallState.DRAFT:
        return Action(_("This call is a draft"), why=_("Only council staff see it."))
    if call.state == CallState.CALLED_OFF:
        return Action(_("This call was called off"), why=queries.why_called_off(call))
    return Action(_("This call is over"), why=_("Its projects and results stay here."))


def who_votes(call: Call) -> str:
    """Who may vote and who checks it; reads the prefetched areas."""
    return f"{_where_voters_live(call)} {_how_old_voters_are(call)}"


def _how_old_voters_are(call: Call) -> str:
    if call.minimum_age is None:
        return _("Nobody's age is checked: what the rules say of it is declared by the voter.")
    return _(
        "They are %(age)s or older: checked by the date of birth in the register or on the document that the desk saw, "
        "and declared by the voter who asked for a letter."
    ) % {"age": call.minimum_age}


def _where_voters_live(call: Call) -> str:
    areas = ", ".join(area.name for area in call.areas.all())
    if call.eligibility == Call.Eligibility.REGISTERED:
        return _("Everybody with an account may vote.")
    if areas:
        return _("Residents of %(areas)s may vote, checked by the city: it has verified where they live.") % {
            "areas": areas
        }
    return _("Residents may vote, checked by the city: it has verified where they live.")


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
    """The rule in a few sentences. Raises ValueError for a rule that has none: a voter is told nothing untrue."""
    if call.tally_rule == Call.TallyRule.GREEDY:
        return [
            _("The project with the most votes wins first, then the next, as long as the money lasts."),
            _("A project that no longer fits is passed over."),
        ]
    if call.tally_rule == Call.TallyRule.EQUAL_SHARES:
        return _equal_shares(call)
    raise ValueError(f"nobody says how {call.tally_rule} counts")


def _equal_shares(call: Call) -> list[str]:
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

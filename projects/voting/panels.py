"""What project, call and personal pages show of a vote, and the step to take while a call votes."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts import me
from civic.accounts.models import Person
from civic.core.panels import Panel
from projects.calls import call_page
from projects.calls.call_page import Action, Offer
from projects.calls.models import Call
from projects.calls.states import CallState, PhaseKind
from projects.proposals import project_page
from projects.proposals.models import Project
from projects.voting import explanations, queries
from projects.voting.states import BallotState

WINNERS_SHOWN = 5
BALLOTS_SHOWN = 20


def on_project(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    """The number on the ballot, or the result and its reason."""
    if not project.ballot_number:
        return None
    result, now = queries.result_of(project), queries.context_of(project.call, at)
    words = explanations.explain(result, result.tally) if result else ""
    return {"project": project, "call": project.call, "result": result, "words": words, **now}


def on_call(call: Call, actor: Any, at: datetime) -> dict[str, Any] | None:
    """The rule and the committed draw before the vote, the first winners after it."""
    voting = call.phase(PhaseKind.VOTING)
    if voting is None or call.state == CallState.CALLED_OFF:
        return None
    tally = queries.published_tally(call.slug) if call.state == CallState.DECIDED else None
    winners = queries.results(tally).filter(won=True)[:WINNERS_SHOWN] if tally else []
    return {"call": call, "voting": voting, "poll": queries.poll_of(call), "tally": tally, "winners": winners}


def ballots(person: Person, at: datetime) -> dict[str, Any]:
    return {"ballots": queries.ballots_on_me(person)[:BALLOTS_SHOWN]}


def ballots_to_fill_in(person: Person, at: datetime) -> Iterator[me.Todo]:
    """Calls that vote now and wait for this person's ballot."""
    out = {ballot.call_id for ballot in queries.ballots_on_me(person) if ballot.state == BallotState.VOID}
    for call in queries.calls_to_vote_in(person):
        words = _("Vote in “%(call)s”.")
        if call.pk in out:
            words = _("The city took your ballot in “%(call)s” out of the count. See why, and vote anew.")
        text = words % {"call": call.title}
        yield me.Todo(text, reverse("voting:ballot", args=[call.slug]), icon="vote")


def vote(call: Call, actor: Any, at: datetime) -> Action:
    """The step while a call votes: sign in, prove residence, or fill in the ballot."""
    address = reverse("voting:ballot", args=[call.slug])
    if not actor.is_authenticated:
        return Action(_("Sign in to vote"), f"{reverse('account_login')}?{urlencode({'next': address})}")
    known = queries.call_for(actor, call.slug, at)
    if known is None or not known.may_vote:  # type: ignore[attr-defined]
        return Action(
            _("Confirm my residence"),
            reverse("accounts:residency"),
            note=_("Verified residents of the area vote here."),
        )
    if known.on_paper:  # type: ignore[attr-defined]
        return Action(_("See my ballot"), address, note=_("You were handed a paper ballot for this call."))
    if queries.own_ballot(actor, call):
        return Action(
            _("Change my ballot"),
            address,
            note=_("Your ballot is in the box. You can replace it until voting ends."),
        )
    return Action(_("Fill in my ballot"), address, note=_("Nobody sees how you vote."))


def counting(call: Call, actor: Any, at: datetime) -> Action | None:
    """Nothing where the call closed without a vote."""
    if call.phase(PhaseKind.VOTING) is None:
        return None
    return Action(
        _("Results"), reverse("voting:results", args=[call.slug]), note=_("The ballots are being counted.")
    )


def see_results(call: Call, actor: Any, at: datetime) -> Action:
    return Action(_("See the results"), reverse("voting:results", args=[call.slug]))


project_page.panels.register(
    Panel(
        15,
        "vote",
        gettext_lazy("The vote"),
        "voting/panels/on_project.html",
        on_project,
        columns=queries.result_column,
    )
)
call_page.panels.register(Panel(20, "vote", gettext_lazy("The vote"), "voting/panels/on_call.html", on_call))
call_page.offers.register(
    Offer(PhaseKind.VOTING, vote),
    Offer(CallState.CLOSED, counting),
    Offer(CallState.DECIDED, see_results),
    Offer(PhaseKind.FUNDING, see_results),
    Offer(PhaseKind.DELIVERY, see_results),
)
me.panels.register(
    Panel(
        40,
        "ballots",
        gettext_lazy("Your ballots"),
        "voting/panels/my_ballots.html",
        ballots,
        columns=queries.me_columns,
    )
)
me.todos.register(me.TodoSource("ballots", ballots_to_fill_in))

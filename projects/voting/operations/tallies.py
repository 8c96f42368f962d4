"""The count: computed from the sealed ballots outside of any transaction, then written once and for all."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core.errors import Conflict
from civic.core.policies import require
from civic.core.states import transition
from projects.calls.models import Call
from projects.calls.states import CallState
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from projects.voting import rules
from projects.voting.ballot_box import BallotBox
from projects.voting.models import Poll, ProjectResult, Tally
from projects.voting.rules.outcome import Loss, Outcome, Round


def run_tally(*, call: Call, at: datetime, actor: Person | None = None) -> Tally:
    """Counts the sealed ballots and decides the call: winners go on to funding, the others end as not funded.

    `actor` is None when the clock does it. Counted before: returns that tally. Raises Forbidden, Conflict (not
    sealed).
    """
    if actor is not None:
        require(actor, "tally", call)
    poll = Poll.objects.filter(call=call).first()
    if poll is None or poll.sealed_at is None:
        raise Conflict(_("The ballots must be sealed before they are counted."))
    known = Tally.objects.filter(call=call).first()
    if known:
        return known
    _progress(call, 10, _("Reading the ballots"))
    box = BallotBox(call)
    election = box.election()
    _progress(call, 40, _("Counting"))
    outcome = rules.tally(election, rule=rule_of(call), seed=poll.seed)
    _progress(call, 80, _("Writing the result"))
    with transaction.atomic():
        Call.objects.select_for_update().get(pk=call.pk)
        tally = Tally.objects.filter(call=call).first()
        if tally is None:
            tally = _write(box, outcome, election.digest(), poll.seed, at)
            _decide(call, tally, actor, at)
    _progress(call, 100, "")
    return tally


def rule_of(call: Call) -> str:
    """The name of the call's rule among `rules.RULES`."""
    if call.tally_rule == Call.TallyRule.EQUAL_SHARES and call.completion == Call.Completion.NONE:
        return rules.equal_shares.PLAIN
    return str(call.tally_rule)


def _progress(call: Call, percent: int, doing: object) -> None:
    Poll.objects.filter(call=call).update(counted=percent, counting=str(doing))


def _write(box: BallotBox, outcome: Outcome, digest: str, seed: str, at: datetime) -> Tally:
    tally = Tally.objects.create(
        call=box.call,
        rule=outcome.rule,
        seed=seed,
        input_digest=digest,
        ballots=outcome.voters,
        budget_minor=box.call.budget_minor,
        spent_minor=outcome.cost * box.unit_minor,
        currency=box.call.currency,
        unit_minor=box.unit_minor,
        trace=outcome.as_dict(),
        computed_at=at,
    )
    projects = {project.ballot_number: project for project in box.projects}
    won = [_won(tally, projects[turn.project], turn) for turn in outcome.rounds]
    losses = sorted(outcome.losses, key=lambda loss: -loss.score)
    lost = [
        _lost(tally, projects[loss.project], loss, len(won) + n) for n, loss in enumerate(losses, start=1)
    ]
    ProjectResult.objects.bulk_create(won + lost)
    return tally


def _won(tally: Tally, project: Project, turn: Round) -> ProjectResult:
    return ProjectResult(
        tally=tally,
        project=project,
        won=True,
        place=turn.round,
        score=turn.score,
        supporters=turn.supporters,
        cost_minor=turn.cost * tally.unit_minor,
        price_minor=_minor(tally, turn.price),
        tie=turn.tie,
    )


def _lost(tally: Tally, project: Project, loss: Loss, place: int) -> ProjectResult:
    return ProjectResult(
        tally=tally,
        project=project,
        won=False,
        place=place,
        score=loss.score,
        supporters=loss.supporters,
        cost_minor=loss.cost * tally.unit_minor,
        why=loss.why,
        missing_minor=_minor(tally, loss.missing),
        more_supporters=loss.more_supporters,
    )


def _minor(tally: Tally, amount: str | None) -> Decimal | None:
    return None if amount is None else Decimal(amount) * tally.unit_minor


def _decide(call: Call, tally: Tally, actor: Person | None, at: datetime) -> None:
    payload = {"rule": tally.rule, "input_digest": tally.input_digest, "winners": tally.trace["winners"]}
    for result in tally.results.select_related("project"):
        if result.project.state == ProjectState.SHORTLISTED:
            transition(result.project, "win" if result.won else "lose", actor=actor, at=at)
    if call.state == CallState.CLOSED:
        transition(call, "decide", actor=actor, at=at, payload=payload)

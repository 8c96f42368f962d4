"""Before and after the vote: the draw is committed, the ballots are sealed and counted.

The count is computed outside of any transaction, since it may take minutes, and then written once and for all.
"""

import secrets
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict
from civic.core.locking import lock_row, lock_rows
from civic.core.policies import require
from civic.core.states import transition
from projects.calls.models import Call
from projects.calls.states import CallState, PhaseKind
from projects.proposals.states import ProjectState
from projects.voting import rules
from projects.voting.ballot_box import BallotBox
from projects.voting.models import Ballot, PaperBallot, Poll, ProjectResult, Tally
from projects.voting.rules.outcome import Loss, Outcome, Round
from projects.voting.secrecy import call_key
from projects.voting.states import PAPER_WAITS
from projects.voting.ties import commitment

# Ballots that are shuffled in one transaction while people vote, and of a sealed box, where nobody waits: each
# transaction looks through all that is left. And transactions of one run of the clock.
AT_ONCE, AT_ONCE_SEALED, ROUNDS = 2_000, 20_000, 20


def prepare_poll(*, call: Call, at: datetime) -> Poll:
    """Draws a seed for ties and publishes its hash; the poll there is already, if any.

    Raises Conflict once voting has begun: a seed that is drawn then could be chosen.
    """
    known = Poll.objects.filter(call=call).first()
    if known:
        return known
    if call.voting_began(at):
        raise Conflict(_("The draw for ties must be committed before voting begins."))
    with transaction.atomic():
        # Two clocks at once would both tell of a draw: the second finds the poll of the first.
        lock_row(Call.objects, pk=call.pk)
        if known := Poll.objects.filter(call=call).first():
            return known
        seed = secrets.token_hex(16)
        poll = Poll(call=call, seed=seed, commitment=commitment(seed), prepared_at=at)
        poll.key_digest = sha256(call_key(call.pk)).hexdigest()
        payload = {"commitment": poll.commitment}
        # First: the database refuses a poll that nobody told of.
        events.record("poll.prepared", actor=None, subject=call, at=at, payload=payload)
        poll.save(force_insert=True)
        put_key(call.pk)
    return poll


def put_key(call_id: UUID) -> None:
    """Gives the database the key of a call's voters, which it forgets in a crash and when the vote is over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT voting_put_key(%s, %s)", [call_id, call_key(call_id)])


def shuffle_ballots(*, call: Call, at: datetime) -> int:
    """Writes ballots of past days, or all of a sealed call, anew in random order; returns how many.

    Until then their place in the table tells in which order they came. At most ROUNDS transactions, the rest the next
    time; done before: nothing happens. Whoever replaces a ballot waits for AT_ONCE of them at most (1 s).
    """
    sealed = Poll.objects.filter(call=call, sealed_at__isnull=False).exists()
    written, most = 0, AT_ONCE_SEALED if sealed else AT_ONCE
    with connection.cursor() as cursor:
        for _round in range(ROUNDS):
            cursor.execute("SELECT voting_shuffle(%s, %s, %s)", [call.pk, at, most])
            (some,) = cursor.fetchone()
            written += some
            if not some:
                break
    return written


def close_voting(*, call: Call, at: datetime, actor: Person | None = None) -> Poll:
    """Seals the ballots of a call whose voting phase is over, and closes the call. Done before: nothing happens.

    `actor` is None when the clock does it. Raises Forbidden, Conflict (voting runs, or paper ballots wait).
    """
    if actor is not None:
        require(actor, "close", call)
    # Before the lock as well, which stops everybody who votes until it is got.
    _check_over(call, at)
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Each ballot that is being cast holds this lock shared: the seal waits for them, and none comes after it.
            cursor.execute("SELECT pg_advisory_xact_lock(voting_box(%s))", [call.pk])
        poll = lock_row(Poll.objects, call=call)
        if poll.sealed_at:
            return poll
        _check_over(call, at)
        if PaperBallot.objects.filter(call=call, state__in=PAPER_WAITS).exists():
            raise Conflict(_("Paper ballots still wait for somebody. Finish them first."))
        poll.sealed_at, poll.ballots = at, Ballot.objects.filter(call=call).live().count()
        # First: without it the database refuses the next line.
        events.record("poll.sealed", actor=actor, subject=call, at=at, payload={"ballots": poll.ballots})
        poll.save(update_fields=["sealed_at", "ballots"])
        if call.state == CallState.OPEN:
            transition(call, "close", actor=actor, at=at)
    return poll


def _check_over(call: Call, at: datetime) -> None:
    if call.state == CallState.CALLED_OFF:
        raise Conflict(_("This call was called off: there is nothing to count."))
    voting = call.phase(PhaseKind.VOTING)
    if voting is None or voting.ends_at > at:
        raise Conflict(_("Voting is not over yet."))


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
    plain = call.tally_rule == Call.TallyRule.EQUAL_SHARES and call.completion == Call.Completion.NONE
    rule = rules.equal_shares.PLAIN if plain else str(call.tally_rule)
    box = BallotBox(call)
    election = box.election(rule, poll.ballots or 0)
    _progress(call, 40, _("Counting"))
    outcome = rules.tally(election, rule=rule, seed=poll.seed)
    _progress(call, 80, _("Writing the result"))
    with transaction.atomic():
        # Two workers may have counted at the same time; the second finds the tally of the first.
        lock_row(Call.objects, pk=call.pk)
        tally = Tally.objects.filter(call=call).first()
        if tally is None:
            _check_unchanged(box)
            tally = _write(box, outcome, election.digest(), poll.seed, at)
            _decide(call, tally, actor, at)
    _progress(call, 100, "")
    return tally


def _check_unchanged(box: BallotBox) -> None:
    """Raises Conflict where a project left the ballot while it was counted: the clock counts again without it."""
    # Locked until the result is written: cancelled in between, a project would win that no longer is.
    if set(lock_rows(box.on_ballot(box.call))) != set(box.projects):
        raise Conflict(_("A project left the ballot while it was counted. It is counted again."))


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

    def result(of: Round | Loss, place: int, **more: Any) -> ProjectResult:
        return ProjectResult(
            tally=tally,
            project=projects[of.project],
            place=place,
            score=of.score,
            supporters=of.supporters,
            cost_minor=of.cost * box.unit_minor,
            **more,
        )

    def minor(amount: str | None) -> Decimal | None:
        return None if amount is None else Decimal(amount) * box.unit_minor

    won = [
        result(turn, turn.round, won=True, price_minor=minor(turn.price), tie=turn.tie)
        for turn in outcome.rounds
    ]
    losses = sorted(outcome.losses, key=lambda loss: -loss.score)
    lost = [
        result(
            loss,
            place,
            won=False,
            why=loss.why,
            missing_minor=minor(loss.missing),
            raise_minor=None if loss.share_raise is None else loss.share_raise * box.unit_minor,
            more_supporters=loss.more_supporters,
        )
        for place, loss in enumerate(losses, start=len(won) + 1)
    ]
    ProjectResult.objects.bulk_create(won + lost)
    return tally


def _decide(call: Call, tally: Tally, actor: Person | None, at: datetime) -> None:
    payload = {"rule": tally.rule, "input_digest": tally.input_digest, "winners": tally.trace["winners"]}
    for result in tally.results.select_related("project"):
        if result.project.state == ProjectState.SHORTLISTED:
            transition(result.project, "win" if result.won else "lose", actor=actor, at=at)
    if call.state == CallState.CLOSED:
        transition(call, "decide", actor=actor, at=at, payload=payload)

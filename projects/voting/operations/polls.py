"""Before and after the vote: the draw is committed, the ballots are sealed."""

import secrets
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict
from civic.core.policies import require
from civic.core.states import transition
from projects.calls.models import Call
from projects.calls.states import CallState, PhaseKind
from projects.voting.models import Ballot, PaperBallot, Poll
from projects.voting.states import PaperState
from projects.voting.ties import commitment


def prepare_poll(*, call: Call, at: datetime) -> Poll:
    """Draws a seed for ties and publishes its hash; the poll there is already, if any.

    Raises Conflict once voting has begun: a seed that is drawn then could be chosen.
    """
    known = Poll.objects.filter(call=call).first()
    if known:
        return known
    if call.voting_began(at):
        raise Conflict(_("The draw for ties must be committed before voting begins."))
    seed = secrets.token_hex(16)
    with transaction.atomic():
        fresh = {"seed": seed, "commitment": commitment(seed), "prepared_at": at}
        poll, made = Poll.objects.get_or_create(call=call, defaults=fresh)
        if made:
            payload = {"commitment": poll.commitment}
            events.record("poll.prepared", actor=None, subject=call, at=at, payload=payload)
    return poll


def close_voting(*, call: Call, at: datetime, actor: Person | None = None) -> Poll:
    """Seals the ballots of a call whose voting phase is over, and closes the call. Done before: nothing happens.

    `actor` is None when the clock does it. Raises Forbidden, Conflict (voting runs, or paper ballots wait).
    """
    if actor is not None:
        require(actor, "close", call)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(voting_box(%s))", [call.pk])
        poll = Poll.objects.select_for_update().get(call=call)
        if poll.sealed_at:
            return poll
        _check_over(call, at)
        poll.sealed_at, poll.ballots = at, Ballot.objects.filter(call=call).live().count()
        poll.save(update_fields=["sealed_at", "ballots"])
        events.record("poll.sealed", actor=actor, subject=call, at=at, payload={"ballots": poll.ballots})
        if call.state == CallState.OPEN:
            transition(call, "close", actor=actor, at=at)
    return poll


def _check_over(call: Call, at: datetime) -> None:
    voting = call.phase(PhaseKind.VOTING)
    if voting is None or voting.ends_at > at:
        raise Conflict(_("Voting is not over yet."))
    if PaperBallot.objects.filter(call=call, state__in=[PaperState.ONCE, PaperState.DIFFERS]).exists():
        raise Conflict(_("Paper ballots still wait for a second entry. Finish them first."))

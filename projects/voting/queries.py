"""What pages, the API and tasks read about polls, ballots and results."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, CharField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from civic.accounts.models import Person, Residency
from civic.accounts.states import ResidencyState
from civic.core.columns import read, rows
from civic.core.compiled import CompiledQuery
from civic.core.models import Event
from projects.calls.models import Call, Calls, Phase
from projects.calls.queries import why_called_off
from projects.calls.states import CallState, PhaseKind
from projects.proposals.models import Project
from projects.voting.models import Ballot, PaperVoter, Poll, ProjectResult, Tally
from projects.voting.secrecy import fingerprint, voter_mark
from projects.voting.states import BallotState, PaperState


def entitled(person_id: UUID, at: datetime) -> Func:
    """Whether the person may vote in a call, as an expression on calls: by account or verified residency, and area.

    It is the function `voting_entitled`, which casting asks too: the rule stands in one place.
    """
    return Func(F("pk"), Value(person_id), Value(at), function="voting_entitled", output_field=BooleanField())


def handed_paper(person_id: UUID) -> Exists:
    """Whether somebody was handed a paper by what the person's account is or was verified with, on calls.

    `voting_cast` refuses a ballot of theirs then, as `on_paper`.
    """
    known = Residency.objects.filter(person=person_id, verified_at__isnull=False)
    same = Q(identity__in=known.exclude(identity="").values("identity"))
    same |= Q(document__in=known.exclude(document="").values("document"))
    return Exists(PaperVoter.objects.filter(same, call=OuterRef("pk")))


def may_vote(call: Call, at: datetime) -> QuerySet[Person]:
    """Everybody who may vote in the call at that moment."""
    entitled_here = Func(
        Value(call.pk), F("pk"), Value(at), function="voting_entitled", output_field=BooleanField()
    )
    return Person.objects.filter(entitled_here, is_active=True)


def call_for(actor: Person, slug: str, at: datetime) -> Call | None:
    """The public call with its phases and `may_vote`: whether this person is entitled to vote in it.

    Also `on_paper`: whether a paper was handed out in it for this person.
    """
    asked = {"may_vote": entitled(actor.pk, at), "on_paper": handed_paper(actor.pk)}
    found = Call.objects.public().filter(slug=slug).annotate(**asked)
    return found.prefetch_related("phases").first()


def why_not_entitled(person: Person, call: Call, at: datetime) -> str:
    """Why somebody may not vote in a call, asked once `voting_entitled` has said so.

    `unconfirmed` (no verified residency), `no_birth_date` (the city knows none), `too_young` or `elsewhere`.
    """
    ends = Q(expires_at=None) | Q(expires_at__gt=at)
    residency = Residency.objects.filter(ends, person=person, state=ResidencyState.VERIFIED).first()
    if residency is None:
        return "unconfirmed"
    if call.minimum_age is not None and not (residency.born and call.old_enough(residency.born, at)):
        return "too_young" if residency.born else "no_birth_date"
    return "elsewhere"


def ballot_projects(call: Call) -> QuerySet[Project]:
    """Everything that ever had a number on the ballot of this call."""
    return Project.objects.filter(call=call).exclude(ballot_number="")


def own_ballot(actor: Person, call: Call) -> Ballot | None:
    """The person's live ballot in a call with its lines."""
    mark = voter_mark(call.pk, actor.pk)
    return Ballot.objects.live().filter(call=call, voter=mark).prefetch_related("lines").first()


def taken_out(actor: Person, call: Call) -> Ballot | None:
    """The person's ballot in a call that the desk has taken out of the count, with its `reason`.

    Its voter learns of it on their own pages, where `voter_mark` is made anew, and by no notification: whoever reads
    the database would find the person in one, and the ballot by its event, and so how they voted (ADR 12).
    """
    own = Ballot.objects.filter(call=call, voter=voter_mark(call.pk, actor.pk), state=BallotState.VOID)
    found: Ballot | None = _with_reasons(own).order_by("-voided").first()
    return found


def _with_reasons(ballots: QuerySet[Ballot]) -> QuerySet[Any]:
    """With why each was taken out of the count, and the number of the event that says so (`voided`)."""
    events = Event.objects.filter(subject_type=Ballot._meta.label, kind="ballot.voided")
    its = events.filter(subject_id=Cast(OuterRef("pk"), CharField()))
    return ballots.annotate(reason=Subquery(its.values("note")[:1]), voided=Subquery(its.values("seq")[:1]))


def own_ballots(actor: Person) -> QuerySet[Ballot]:
    """The person's live ballots in all calls that had a poll, newest first."""
    marks = marks_of(actor)
    return Ballot.objects.live().filter(voter__in=marks).select_related("call").order_by("-id")


def marks_of(person: Person) -> list[str]:
    """What stands as `voter` on the person's ballots in all calls that had a poll."""
    return [voter_mark(call_id, person.pk) for call_id in Poll.objects.values_list("call_id", flat=True)]


def unsealed_ballot(person: Person) -> Ballot | None:
    """A ballot of the person's account that counts, in a vote that is not sealed yet."""
    running = Ballot.objects.live().filter(call__state=CallState.OPEN, call__poll__sealed_at=None)
    return running.filter(voter__in=marks_of(person)).select_related("call").first()


def me_columns(person: Person, at: datetime) -> dict[str, Any]:
    """Calls with a poll, and which of them the person may vote in online now, as columns of the person."""
    polled = Call.objects.filter(poll__isnull=False)
    voting = polled.in_phase(PhaseKind.VOTING, at).filter(entitled(person.pk, at))
    voting = voting.exclude(handed_paper(person.pk))
    return {
        "voting_polled": rows(polled, "id", "slug", "title"),
        "voting_open": rows(voting, "id", "slug", "title"),
    }


def ballots_on_me(person: Any) -> list[Ballot]:
    """The ballots of a person read with `me_columns` that count, and with their `reason` those taken out of the count.

    Those taken out come last; one statement however often it is asked.

    Which ballots are whose, only the key of `voter_mark` tells: the database cannot join them.
    """
    if "voting_ballots" not in person.__dict__:
        calls = {voter_mark(call.pk, person.pk): call for call in read(Call, person.voting_polled)}
        kept = Ballot.objects.filter(voter__in=calls, state__in=(BallotState.CAST, BallotState.VOID))
        found = list(_with_reasons(kept).order_by("state", "-id"))
        for ballot in found:
            ballot.call = calls[ballot.voter]
        person.voting_ballots = found
    ballots: list[Ballot] = person.voting_ballots
    return ballots


def calls_to_vote_in(person: Any) -> list[Call]:
    """Calls that vote now, in which a person read with `me_columns` is entitled to vote and has not."""
    voted = {ballot.call_id for ballot in ballots_on_me(person) if ballot.state == BallotState.CAST}
    return [call for call in read(Call, person.voting_open) if call.pk not in voted]


def _named(*, slug: str) -> Calls:
    return Call.objects.filter(slug=slug).only("pk")


# Part of every cast.
_CALL_NAMED = CompiledQuery(Call, _named)


def call_id(slug: str) -> UUID | None:
    """The id of the call of this slug; None where there is none."""
    found = _CALL_NAMED.all(slug=slug)
    return found[0].pk if found else None


def voted_elsewhere(call: Call, account: UUID | None, marks: Iterable[str], at: datetime) -> str | None:
    """The title of a call of other districts in which the person has a ballot that counts, or was handed a paper.

    `voting_elsewhere` says it, which casting asks too: the rule stands in one place. `marks` are what
    the desk knows the person by.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT voting_elsewhere(%s, %s, %s, %s)", [call.pk, account, list(marks), at])
        title: str | None = cursor.fetchone()[0]
    return title


def saying(ballot: Ballot) -> Mapping[UUID, int]:
    """What a ballot says of each project; reads prefetched lines."""
    return {line.project_id: line.value for line in ballot.lines.all()}


def named(ballot: Ballot) -> list[Project]:
    """The projects that a ballot names; reads prefetched lines."""
    return list(Project.objects.filter(pk__in=saying(ballot)).select_related("call"))


def papers_of(call: Call) -> Mapping[str, int]:
    """How many people were handed a paper (`out`), and how many papers are in the box (`counted`) or not valid."""
    counted = Ballot.objects.live().filter(call=call, channel=Ballot.Channel.PAPER)
    refused = call.paper_ballots.filter(state=PaperState.REFUSED)
    return {"out": call.paper_voters.count(), "counted": counted.count(), "refused": refused.count()}


def ballot_by_code(code: str) -> Ballot | None:
    """The ballot a receipt code belongs to, whatever has become of it."""
    return Ballot.objects.select_related("call", "call__poll").filter(receipt=fingerprint(code)).first()


def published_tally(slug: str) -> Tally | None:
    """The result of a call with its phases."""
    tallies = Tally.objects.select_related("call__poll").prefetch_related("call__phases")
    return tallies.filter(call__slug=slug).first()


def poll_of(call: Call) -> Poll | None:
    """The call's poll, if its draw is committed."""
    return Poll.objects.filter(call=call).first()


def results(tally: Tally) -> QuerySet[ProjectResult]:
    """How every project fared, winners first."""
    return tally.results.select_related("project").order_by("place")


def result_column(actor: Any) -> dict[str, Any]:
    """How a project fared, as a column of it; `result_of` reads it."""
    found = ProjectResult.objects.filter(project=OuterRef("pk"))
    own = [field.attname for field in ProjectResult._meta.concrete_fields]
    return {"voting_result": rows(found[:1], *own, "tally__rule", "tally__currency")}


def result_of(project: Any) -> ProjectResult | None:
    """How this project, read with `result_column` and its call, fared; None if it was not counted."""
    for result in read(ProjectResult, project.voting_result):
        result.tally.call = project.call
        return result
    return None


def calls_without_poll(at: datetime) -> Calls:
    """Open calls with voting still to come whose draw is not committed."""
    coming = Phase.objects.filter(call=OuterRef("pk"), kind=PhaseKind.VOTING, starts_at__gt=at)
    return Call.objects.filter(Exists(coming), state=CallState.OPEN, poll=None)


def calls_to_seal(at: datetime) -> Calls:
    """Calls whose voting is over and whose ballots are not sealed."""
    over = Phase.objects.filter(call=OuterRef("pk"), kind=PhaseKind.VOTING, ends_at__lte=at)
    calls = Call.objects.exclude(state=CallState.CALLED_OFF)
    return calls.filter(Exists(over), poll__sealed_at=None, poll__isnull=False)


def calls_without_key() -> Calls:
    """Calls that take ballots and whose key the database has lost."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT voting_keyless()")
        return Call.objects.filter(pk__in=[call_id for (call_id,) in cursor])


def midnight(at: datetime) -> datetime:
    """The beginning of a moment's day in UTC, which is the day that ballots know."""
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def calls_to_shuffle(at: datetime) -> Calls:
    """Calls with ballots of past days, or of a sealed box, that still lie in the order in which they came."""
    sealed = Q(poll__sealed_at__gte=F("poll__shuffled_until")) | Q(
        poll__sealed_at__isnull=False, poll__shuffled_until=None
    )
    begun = Phase.objects.filter(call=OuterRef("pk"), kind=PhaseKind.VOTING, starts_at__lt=midnight(at))
    before = Q(poll__shuffled_until__lt=midnight(at)) | Q(poll__shuffled_until=None)
    return Call.objects.filter(sealed | Q(before & Exists(begun), poll__isnull=False, poll__sealed_at=None))


def calls_to_count() -> Calls:
    """Sealed calls without a tally."""
    return Call.objects.filter(poll__sealed_at__isnull=False, tally=None)


def calls_taking_paper(at: datetime) -> Calls:
    """Calls whose voting has begun and whose ballots are not sealed."""
    begun = Phase.objects.filter(call=OuterRef("pk"), kind=PhaseKind.VOTING, starts_at__lte=at)
    return Call.objects.filter(Exists(begun), state=CallState.OPEN, poll__isnull=False, poll__sealed_at=None)


def context_of(call: Call, at: datetime) -> dict[str, Any]:
    """Where the vote of a call stands; reads prefetched phases."""
    voting = call.phase(PhaseKind.VOTING)
    running = call.phase_at(at)
    return {
        "voting": voting,
        "votes_now": running is not None and running.kind == PhaseKind.VOTING,
        "voting_over": voting is not None and voting.ends_at <= at,
        "called_off": why_called_off(call),
    }

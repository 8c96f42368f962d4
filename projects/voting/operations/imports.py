"""Bringing a real election in: a `.pb` file becomes a call with its projects, ballots and count.

The file is read twice: first as a whole, so that a malformed one stores nothing; then ballots go in by batches, each in
a transaction of its own. Ballots are numbered in file order, so a batch knows where the one before it stopped, also
after a kill.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from babel import Locale
from babel.numbers import get_territory_currencies
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from civic.core import events
from civic.core.errors import Conflict
from civic.core.locking import lock_row
from civic.core.models import Event
from civic.core.money import CURRENCIES, decimals
from civic.core.states import transition
from projects.calls.models import Call, Phase
from projects.calls.states import PhaseKind
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from projects.voting import pabulib
from projects.voting.models import Ballot, Poll
from projects.voting.ties import commitment

BATCH = 2_000
MOST = 2**31 - 1
BALLOT_COLUMNS = "id, created_at, state_since, call_id, voter, channel, choices, receipt, state"
BALLOTS = f"COPY voting_ballot ({BALLOT_COLUMNS}) FROM STDIN"
LINES = "COPY voting_ballotline (ballot_id, project_id, value) FROM STDIN"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Survey:
    """What the first reading found: the file is well formed, and what its ballots need.

    `set_aside`: the votes that are left out, with what is wrong with each.
    """

    document: pabulib.Document
    digest: str
    votes: int
    most_points: int
    rule: str
    leaves_out: bool
    set_aside: list[pabulib.Malformed]


def survey(path: Path, *, rule: str | None = None, set_aside: bool = False) -> Survey:
    """Reads the whole file. Raises `pabulib.Malformed` or OSError."""
    bad: list[pabulib.Malformed] = []
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        stream.seek(0)
        document = pabulib.read(stream, path.name, bad if set_aside else None)
        votes = most = 0
        for vote in document.votes:
            votes, most = votes + 1, max(most, sum(vote.points))
    return Survey(document, digest, votes, most, rule or pabulib.rule_of(document), set_aside, bad)


def import_election(
    *, path: Path, slug: str, at: datetime, progress: Progress, found: Survey | None = None
) -> Call:
    """Imports or resumes; a file that is in already changes nothing. `progress(done, all)` is told after each batch.

    Raises `pabulib.Malformed`, OSError, Conflict (the slug belongs to another call).
    """
    found = found or survey(path)
    call = _call(found, slug, at)
    with path.open("rb") as stream:
        votes = pabulib.read(stream, path.name, [] if found.leaves_out else None).votes
        done = Ballot.objects.filter(call=call).count()
        for _stored in islice(votes, done):
            pass
        while batch := list(islice(votes, BATCH)):
            _store(call, found, batch, done)
            done += len(batch)
            progress(done, found.votes)
    return call


def _call(found: Survey, slug: str, at: datetime) -> Call:
    """The call of this file: made in one transaction, or found with the digest that its event keeps."""
    with transaction.atomic():
        call = Call.objects.filter(slug=slug).first()
        if call is None:
            return _make(found, slug, at)
    made_from = Event.objects.filter(kind="call.imported", subject_id=str(call.pk)).first()
    if (
        made_from is None
        or made_from.payload["digest"] != found.digest
        or made_from.payload["rule"] != found.rule
    ):
        raise Conflict(f"There is another call at “{slug}” already. Choose another --call.")
    return call


def _make(found: Survey, slug: str, at: datetime) -> Call:
    meta, currency = found.document.meta, _currency(found.document.meta)
    minor = 10 ** decimals(currency)
    begin, end = _voting(meta, at)
    call = Call.objects.create(
        slug=slug,
        title=meta.get("description", slug)[:120] or slug,
        summary=f"A real election, imported from {found.document.name}."[:280],
        description=_note(found, currency),
        budget_minor=found.document.budget * minor,
        currency=currency,
        eligibility=Call.Eligibility.VERIFIED,
        **_rules(found),
    )
    Phase.objects.create(call=call, kind=PhaseKind.VOTING, starts_at=begin, ends_at=end)
    rows = found.document.projects.values()
    # The place in the file tells apart what slugs make equal: `A` and `a`.
    Project.objects.bulk_create(
        _project(call, row, minor, begin, place) for place, row in enumerate(rows, start=1)
    )
    seed = meta.get("seed", "")
    Poll.objects.create(
        call=call, seed=seed, commitment=commitment(seed), prepared_at=begin - timedelta(days=1)
    )
    payload: dict[str, Any] = {"digest": found.digest, "file": found.document.name, "rule": found.rule}
    payload |= {"set_aside": len(found.set_aside)}
    events.record("call.imported", actor=None, subject=call, at=at, payload=payload)
    transition(call, "open", actor=None, at=at)
    return call


def _rules(found: Survey) -> dict[str, object]:
    """Ballot kind, its limit and the tally rule, as the file says them."""
    document, kinds = found.document, Call.BallotKind
    length = _limit(document.meta, "max_length")
    limits: dict[pabulib.VoteType, tuple[str, int | None]] = {
        pabulib.VoteType.APPROVAL: (kinds.APPROVAL, length),
        pabulib.VoteType.CHOOSE_ONE: (kinds.APPROVAL, 1),
        pabulib.VoteType.ORDINAL: (kinds.RANKING, length),
        pabulib.VoteType.CUMULATIVE: (
            kinds.POINTS,
            _limit(document.meta, "max_sum_points") or found.most_points or None,
        ),
        pabulib.VoteType.SCORING: (kinds.POINTS, found.most_points or None),
    }
    kind, limit = limits[document.vote_type]
    return {
        "ballot_kind": kind,
        "ballot_max": limit,
        "tally_rule": found.rule.removesuffix("-plain"),
        "completion": Call.Completion.NONE if found.rule.endswith("-plain") else Call.Completion.ADD1,
    }


def _limit(meta: Mapping[str, str], key: str) -> int | None:
    """A whole number as the reader takes it, also `2.0`; None where the file has no limit."""
    return min(pabulib.whole(meta.get(key, "")) or 0, MOST) or None


def _currency(meta: Mapping[str, str]) -> str:
    """What META says if it is one, or the currency of the country it names, or the site's."""
    if meta.get("currency") in CURRENCIES:
        return meta["currency"]
    codes = {name: code for code, name in Locale("en").territories.items()}
    code = codes.get(meta.get("country", ""))
    return next(iter(get_territory_currencies(code)), settings.CURRENCY) if code else settings.CURRENCY


def _note(found: Survey, currency: str) -> str:
    said, out = found.document.meta.get("currency", currency), len(found.set_aside)
    notes = [
        ""
        if said == currency
        else f"The file names “{said}” as its currency; amounts are shown in {currency}.",
        f"{out} votes of the file break its rules and were set aside." if out else "",
    ]
    return " ".join(filter(None, notes))


def _voting(meta: Mapping[str, str], at: datetime) -> tuple[datetime, datetime]:
    """From date_begin to the end of date_end; the day before yesterday where the file names none that is past."""
    begin, unsaid = _date(meta.get("date_begin", "")), at - timedelta(days=2)
    # A date that is still to come would end before it begins, since what is imported is over.
    begin = begin if begin and begin < at else unsaid
    end = _date(meta.get("date_end", "")) or begin
    return begin, min(max(end, begin) + timedelta(days=1), at)


def _date(text: str) -> datetime | None:
    for form in ("%d.%m.%Y", "%Y-%m-%d", "%Y"):
        try:
            return timezone.make_aware(datetime.strptime(text, form))  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _number(project_id: str) -> str:
    """The number on the ballot: the id of the file, or where that is too long, its beginning and a digest."""
    return (
        project_id
        if len(project_id) <= 40
        else f"{project_id[:31]}~{hashlib.sha256(project_id.encode()).hexdigest()[:8]}"
    )


def _project(call: Call, row: pabulib.ProjectRow, minor: int, opened_at: datetime, place: int) -> Project:
    name = row.fields.get("name", "") or row.id
    return Project(
        call=call,
        title=name if len(name) <= 120 else f"{name[:119]}…",
        pitch=name[:200] if len(name) > 120 else "",
        slug=f"{call.slug[:90]}-{slugify(row.id)[:40] or 'project'}-{place}",
        ballot_number=_number(row.id),
        cost_minor=row.cost * minor or None,
        currency=call.currency,
        state=ProjectState.SHORTLISTED,
        submitted_at=opened_at,
        opened_at=opened_at,
        state_since=opened_at,
    )


def _store(call: Call, found: Survey, batch: list[pabulib.Vote], done: int) -> None:
    """Writes the votes that follow the first `done`; another import of the same call has to wait, and then stops."""
    projects = dict(call.projects.values_list("ballot_number", "pk"))
    with transaction.atomic(), connection.cursor() as cursor:
        lock_row(Poll.objects, call=call)
        if Ballot.objects.filter(call=call).count() != done:
            raise Conflict("Another import of this file is running.")
        rows = [(uuid4(), vote, _lines(vote, found.document.vote_type)) for vote in batch]
        at = call.ordered_phases()[0].starts_at
        with cursor.copy(BALLOTS) as copy:
            for ballot_id, vote, lines in rows:
                # With the call: one file may be counted by two rules, each in a call of its own.
                mark = hashlib.sha256(f"{found.digest}:{call.pk}:{vote.voter}".encode()).hexdigest()
                copy.write_row((ballot_id, at, at, call.pk, mark, "import", len(lines), mark, "cast"))
        with cursor.copy(LINES) as copy:
            for ballot_id, _vote, lines in rows:
                for name, value in lines:
                    copy.write_row((ballot_id, projects[_number(name)], value))


def _lines(vote: pabulib.Vote, kind: pabulib.VoteType) -> list[tuple[str, int]]:
    if kind.has_points:
        return [(name, points) for name, points in zip(vote.choices, vote.points, strict=True) if points]
    if kind is pabulib.VoteType.ORDINAL:
        return [(name, place) for place, name in enumerate(vote.choices, start=1)]
    return [(name, 1) for name in vote.choices]

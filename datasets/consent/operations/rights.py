"""Requests about one's rights and their answers; what readers are told to delete, and what they say."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, Invalid, required
from civic.core.locking import lock_row
from civic.core.policies import require
from civic.core.states import transition
from datasets.consent import queries
from datasets.consent.models import Collection, Deletion, Release, RightsRequest
from datasets.consent.operations.locking import lock_about, lock_of
from datasets.consent.operations.sharing import take_back
from datasets.consent.states import RightsState
from datasets.consent.vocabularies import Answer, Right

# A month by article 12 (3) of the GDPR: four weeks are never more.
OWED = timedelta(days=28)
TO_DELETE = timedelta(days=14)
LONGEST_WORDS = 2000
NO_ANSWER = gettext_lazy("Say what was done, or why not; whoever asked reads it.")


def ask_rights(
    *, actor: Person, collection: Collection, right: str, words: str, at: datetime
) -> RightsRequest:
    """Asks the publisher of a collection about one's own data; the answer is owed in four weeks.

    Raises Forbidden, Invalid (right, words), Conflict (the same was asked and is not answered).
    """
    words = words.strip()
    if right not in Right.values:
        raise Invalid(right=_("Choose what you ask for."))
    if len(words) > LONGEST_WORDS:
        raise Invalid(words=_("Please keep it shorter."))
    with transaction.atomic():
        current = lock_of(actor, collection)
        require(actor, "ask_rights", current)
        asked = RightsRequest.objects.filter(person=actor, collection=current, kind=right)
        if asked.filter(state=RightsState.SENT).exists():
            raise Conflict(_("You have asked for this already, and the answer is still owed."))
        made = RightsRequest(
            collection=current,
            person=actor,
            kind=right,
            words=words,
            sent_at=at,
            due_at=at + OWED,
            state_since=at,
        )
        events.record("rights_request.sent", actor=actor, subject=made, at=at)
        made.save(force_insert=True)
    return made


def fulfil_rights(*, actor: Person, request: RightsRequest, answer: str, at: datetime) -> RightsRequest:
    """Does what is asked, and says so. An erasure takes back everything, an objection every consent.

    Raises Forbidden, Invalid (answer), IllegalTransition.
    """
    return _answered(actor, request, "fulfil", answer, at)


def refuse_rights(*, actor: Person, request: RightsRequest, answer: str, at: datetime) -> RightsRequest:
    """Says why not. Raises Forbidden, Invalid (answer), IllegalTransition."""
    return _answered(actor, request, "refuse", answer, at)


def _answered(actor: Person, request: RightsRequest, verb: str, words: str, at: datetime) -> RightsRequest:
    words = required(words, NO_ANSWER, field="answer", longest=LONGEST_WORDS)
    with transaction.atomic():
        collection = lock_about(request.person_id, request.collection)
        current = _locked(request)
        require(actor, "answer", current)
        transition(current, verb, actor=actor, at=at)
        current.answer = words
        current.save(update_fields=["answer"])
        if verb == "fulfil" and current.person and current.kind in (Right.ERASURE, Right.OBJECTION):
            take_back(collection, current.person, by=actor, at=at, keep=current.kind == Right.OBJECTION)
    return current


def withdraw_rights(*, actor: Person, request: RightsRequest, at: datetime) -> RightsRequest:
    """Takes a request back. Raises Forbidden, IllegalTransition."""
    with transaction.atomic():
        current = _locked(request)
        require(actor, "withdraw", current)
        transition(current, "withdraw", actor=actor, at=at)
    return current


def _locked(request: RightsRequest) -> RightsRequest:
    return lock_row(RightsRequest.objects.select_related("collection__publisher", "person"), pk=request.pk)


def ask_deletions(release: Release, at: datetime) -> list[Deletion]:
    """Tells everybody who has read a suspended release by a grant to delete their copies. Idempotent."""
    if release.revision is None:
        return []
    # Of a revision that was renewed, what was read since: of the reads before they were told already.
    since = release.made_at
    reads = queries.reads_by_grant(release.purpose.dataset, [release.revision.number], since)
    made = []
    with transaction.atomic():
        told = set(Deletion.objects.filter(release=release).values_list("grant", flat=True))
        for grant in queries.holders(reads.keys()):
            if grant.pk in told:
                continue
            deletion = Deletion(
                grant=grant,
                release=release,
                reads=reads[str(grant.pk)],
                asked_at=at,
                due_at=at + TO_DELETE,
                state_since=at,
            )
            events.record("deletion.asked", actor=None, subject=deletion, at=at)
            deletion.save(force_insert=True)
            made.append(deletion)
    return made


def answer_deletion(
    *, actor: Person, deletion: Deletion, answer: str, words: str = "", at: datetime
) -> Deletion:
    """Says what has become of the copies. Raises Forbidden, Invalid (answer, words), IllegalTransition."""
    words = words.strip()
    if answer not in Answer.values:
        raise Invalid(answer=_("Choose what has become of your copies."))
    if answer == Answer.KEPT and not words:
        raise Invalid(words=_("Say which copy has to be kept, and by which rule."))
    if len(words) > LONGEST_WORDS:
        raise Invalid(words=_("Please keep it shorter."))
    with transaction.atomic():
        rows = Deletion.objects.select_related("grant__dataset", "grant__person", "grant__organisation")
        current = lock_row(rows, pk=deletion.pk)
        require(actor, "answer", current)
        transition(current, "answer", actor=actor, at=at)
        current.answer, current.words, current.answered_at = answer, words, at
        current.save(update_fields=["answer", "words", "answered_at"])
    return current

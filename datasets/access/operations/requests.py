"""Asking for data and deciding about it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts.models import Organisation, Person
from civic.core import events
from civic.core.errors import Conflict, Invalid, required
from civic.core.locking import lock_row
from civic.core.policies import require
from civic.core.states import transition
from datasets.access.conditions import why_not_given
from datasets.access.models import AccessRequest, Grant, Policy
from datasets.access.odrl import Deal
from datasets.access.operations.giving import give, mirror
from datasets.access.states import STANDING, WRITTEN
from datasets.access.vocabularies import Basis, Purpose
from datasets.catalogue.models import Dataset
from datasets.catalogue.operations.datasets import locked
from datasets.catalogue.permissions import Scope
from datasets.catalogue.vocabularies import AccessLevel

LONGEST, LONGEST_ANSWER, LONGEST_REASON = 2000, 1000, 2000
NO_REASON = gettext_lazy("Give the reason; whoever asked reads it.")


@dataclass(frozen=True)
class Wish:
    """What somebody asks for: the purpose in a word and in sentences, for how many days, and what they would do.

    `answers` are in the order of the dataset's questions. `organisation` is in whose name; without one their own.
    """

    purpose: str
    why: str
    days: int
    scopes: list[str] = field(default_factory=lambda: list(Scope.values))
    answers: list[str] = field(default_factory=list)
    organisation: Organisation | None = None
    renews: Grant | None = None

    def check(self, policy: Policy) -> None:
        """Raises Invalid, by field, for what no publisher could say yes to."""
        if self.purpose not in Purpose.values:
            raise Invalid(purpose=_("Choose what you want the data for."))
        if len(self.why) > LONGEST or any(len(one) > LONGEST_ANSWER for one in self.answers):
            raise Invalid(why=_("Please keep it shorter."))
        if len(self.answers) > len(policy.questions):
            words = _("The publisher asks %(count)s questions: give as many answers, in their order.")
            raise Invalid(answers=words % {"count": len(policy.questions)})
        if not 1 <= self.days <= policy.longest_days:
            words = _("Its publisher gives it for at most %(days)s days.")
            raise Invalid(days=words % {"days": policy.longest_days})
        if not self.scopes or not set(self.scopes) <= set(Scope.values):
            raise Invalid(scopes=_("Choose what you would do with the data."))

    def columns(self, policy: Policy) -> dict[str, object]:
        """By the columns of a request; each question has an answer, though it may be empty yet."""
        answers = [*self.answers, *[""] * len(policy.questions)][: len(policy.questions)]
        return {
            "purpose": self.purpose,
            "why": self.why.strip(),
            "days": self.days,
            "scopes": [one for one in Scope.values if one in {Scope.PREVIEW, *self.scopes}],
            "questions": policy.questions,
            "answers": [one.strip() for one in answers],
            "organisation": self.organisation,
        }


def start_request(*, actor: Person, dataset: Dataset, wish: Wish, at: datetime) -> AccessRequest:
    """Begins a request, as a draft. Raises Forbidden, Invalid, Conflict (not on request; one is under way)."""
    with transaction.atomic():
        current = locked(dataset)
        require(actor, "ask_access", current)
        _checked(actor, current, wish)
        request = AccessRequest(dataset=current, person=actor, state_since=at, renews=wish.renews)
        for name, value in wish.columns(Policy.of(current)).items():
            setattr(request, name, value)
        events.record("access_request.started", actor=actor, subject=request, at=at)
        try:
            with transaction.atomic():
                request.save(force_insert=True)
        except IntegrityError:
            raise Conflict(_("A request of yours for this dataset is under way already.")) from None
    return request


def edit_request(*, actor: Person, request: AccessRequest, wish: Wish, at: datetime) -> AccessRequest:
    """Changes a draft, or one that was returned. Raises Forbidden, Invalid, Conflict."""
    with transaction.atomic():
        current = _locked(request)
        require(actor, "write", current)
        if current.state not in WRITTEN:
            raise Conflict(_("It was sent: its words cannot be changed now."))
        _checked(actor, current.dataset, wish)
        events.record("access_request.edited", actor=actor, subject=current, at=at)
        columns = wish.columns(Policy.of(current.dataset))
        for name, value in columns.items():
            setattr(current, name, value)
        current.save(update_fields=list(columns))
    return current


def submit_request(*, actor: Person, request: AccessRequest, at: datetime) -> AccessRequest:
    """Sends it to the publisher. Raises Forbidden, Invalid (something is missing), Conflict, IllegalTransition."""
    with transaction.atomic():
        current = _locked(request)
        require(actor, "submit", current)
        _possible(current)
        required(current.why, _("Say in a few sentences why you need the data."), field="why")
        if not all(current.answers):
            raise Invalid(answers=_("Please answer each question of the publisher."))
        transition(current, "submit", actor=actor, at=at)
        current.submitted_at = at
        current.save(update_fields=["submitted_at"])
    return current


def withdraw_request(*, actor: Person, request: AccessRequest, at: datetime) -> AccessRequest:
    """Takes it back. Raises Forbidden, IllegalTransition."""
    with transaction.atomic():
        current = _locked(request)
        require(actor, "withdraw", current)
        transition(current, "withdraw", actor=actor, at=at)
    return current


def return_request(
    *, actor: Person, request: AccessRequest, reason: str, at: datetime, version: str | None = None
) -> AccessRequest:
    """Asks something back before a decision. Raises as `approve_request`."""
    return _decided(actor, request, "return", reason, at, version)


def reject_request(
    *, actor: Person, request: AccessRequest, reason: str, at: datetime, version: str | None = None
) -> AccessRequest:
    """Says no. Raises as `approve_request`."""
    return _decided(actor, request, "reject", reason, at, version)


def approve_request(
    *, actor: Person, request: AccessRequest, reason: str, at: datetime, version: str | None = None
) -> Grant:
    """Says yes to what was asked: the terms are frozen, and the grant begins. The one that it renews ends.

    `version` is that of the request (`AccessRequest.version`) that a page has shown; None where no page has. Raises
    Forbidden, Invalid (reason), IllegalTransition, Conflict (it is not given on request now; it, or the terms that it
    was sent by, have changed).
    """
    with transaction.atomic():
        locked(request.dataset)
        current = _decided(actor, request, "approve", reason, at, version)
        _possible(current)
        if _terms_changed(current):
            raise Conflict(
                _(
                    "The terms have changed since it was sent. Return it, so that whoever asked reads the new ones."
                )
            )
        if current.person is None or not current.person.is_active:
            raise Conflict(_("Who has asked has no account any more, or it is suspended."))
        if current.organisation is not None:
            require(current.person, "ask_data", current.organisation)
        deal = Deal(
            dataset=current.dataset,
            person=current.person,
            organisation=current.organisation,
            purpose=current.purpose,
            scopes=current.scopes,
            days=current.days,
        )
        grant = give(deal, basis=Basis.ON_REQUEST, by=actor, at=at, request=current)
        if current.renews_id is not None:
            before = lock_row(Grant.objects.select_related("person", "dataset"), pk=current.renews_id)
            # Whoever has left an organisation renews nothing of its.
            if before.state in STANDING and _party(before) == _party(current):
                transition(before, "end", actor=actor, at=at, payload={"renewed_by": str(grant.pk)})
                mirror(before)
    return grant


def _decided(
    actor: Person, request: AccessRequest, verb: str, reason: str, at: datetime, version: str | None
) -> AccessRequest:
    reason = required(reason, NO_REASON, longest=LONGEST_REASON)
    with transaction.atomic():
        current = _locked(request)
        require(actor, "decide", current)
        if version not in (None, current.version):
            raise Conflict(
                _("It was changed and sent again since you opened this page. Read it again, please.")
            )
        transition(current, verb, actor=actor, at=at, reason=reason)
        current.reason = reason
        current.save(update_fields=["reason"])
    return current


def _checked(actor: Person, dataset: Dataset, wish: Wish) -> None:
    if why_not := why_not_given(dataset, AccessLevel.ON_REQUEST):
        raise Conflict(why_not)
    wish.check(Policy.of(dataset))
    if wish.organisation is not None:
        require(actor, "ask_data", wish.organisation)
        if wish.organisation == dataset.publisher:
            raise Invalid(organisation=_("Its own publisher need not ask for it."))
    if wish.renews is not None:
        require(actor, "renew", wish.renews)
        if wish.renews.dataset_id != dataset.pk:
            raise Invalid(_("That grant is of another dataset."))


def _party(thing: AccessRequest | Grant) -> tuple[str, UUID | None]:
    if thing.organisation_id is not None:
        return "organisation", thing.organisation_id
    return "person", thing.person_id


def _terms_changed(request: AccessRequest) -> bool:
    """Whether the terms or the licence are others than when the request was sent, as the log tells."""
    terms = events.about(Policy.of(request.dataset)).filter(kind="access_policy.edited")
    licence = events.about(request.dataset).filter(payload__changed__contains=["licence"])
    return any(told.filter(at__gt=request.submitted_at).exists() for told in (terms, licence))


def _possible(request: AccessRequest) -> None:
    if why_not := why_not_given(request.dataset, AccessLevel.ON_REQUEST):
        raise Conflict(why_not)


def _locked(request: AccessRequest) -> AccessRequest:
    """The request as it is now, locked; after its dataset, in every operation that locks both."""
    rows = AccessRequest.objects.select_related("dataset__publisher", "person", "organisation")
    return lock_row(rows, pk=request.pk)

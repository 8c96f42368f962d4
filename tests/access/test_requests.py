"""From asking to a grant: what is frozen, told, mirrored and refused."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from guardian.shortcuts import get_objects_for_user

from civic.accounts import groups
from civic.accounts.models import Person
from civic.accounts.operations import close_organisation
from civic.core import clock, events
from civic.core.errors import Conflict, Forbidden, Invalid
from civic.notifications.models import Notification
from datasets.access.models import Agreement, Grant
from datasets.access.operations import grants, requests, terms
from datasets.catalogue.models import Dataset
from datasets.catalogue.operations import datasets
from datasets.catalogue.vocabularies import AccessLevel, HighValue
from tests.factories import accounts, catalogue
from tests.factories import data_access as access

pytestmark = pytest.mark.django_db


def test_an_approval_freezes_the_terms_as_odrl(at: datetime) -> None:
    dataset = access.dataset()
    writer = catalogue.writer(dataset)
    more: dict[str, Any] = {"actor": writer, "dataset": dataset, "at": at}
    terms.set_terms(terms="Delete it afterwards.", questions=["Who sees it?"], longest_days=60, **more)
    grant = access.grant(dataset, at=at, answers=["My class."], scopes=["download"], days=20)
    assert grant.expires_at == at + timedelta(days=20)
    terms.set_terms(terms="Something else.", questions=[], longest_days=1, **more)
    agreement = Agreement.objects.get(grant=grant)
    said = json.loads(agreement.document)
    assert agreement.digest == hashlib.sha256(agreement.document.encode()).hexdigest()
    assert said["@type"] == "Agreement"
    assert said["@context"][0] == "http://www.w3.org/ns/odrl.jsonld"
    assert said["dct:description"] == "Delete it afterwards."
    [permission] = said["permission"]
    assert permission["action"] == ["display", "reproduce"]
    assert permission["assignee"] == f"urn:uuid:{grant.person_id}"
    assert {one["leftOperand"] for one in permission["constraint"]} == {"purpose", "dateTime"}
    assert grant.person
    assert grant.person.name not in agreement.document
    for change in ({"document": "{}"}, {"digest": "0" * 64}, {"purpose": "product"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Agreement.objects.filter(pk=agreement.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(person=accounts.person())


def test_a_grant_says_what_its_agreement_says() -> None:
    """In the database: another purpose, person, longer time or wider scopes than were asked for are refused."""
    grant = access.grant(access.dataset(), scopes=["preview"])
    wrong = {
        "purpose": "product",
        "person": accounts.person(),
        "expires_at": grant.expires_at + timedelta(days=1),
        "scopes": ["preview", "download"],
        "dataset": access.dataset(title="Another"),
        "basis": "registered",
    }
    for name, value in wrong.items():
        copy = Grant.objects.get(pk=grant.pk)
        copy.pk = None
        copy._state.adding = True
        setattr(copy, name, value)
        with pytest.raises(DatabaseError, match="access_grant_by_agreement"), transaction.atomic():
            copy.save(force_insert=True)


def test_what_is_asked_is_within_what_the_publisher_gives() -> None:
    dataset = access.dataset()
    terms.set_terms(
        actor=catalogue.writer(dataset),
        dataset=dataset,
        terms="",
        questions=["Who sees it?"],
        longest_days=10,
        at=clock.now(),
    )
    asker = accounts.person()
    for wrong in ({"days": 11}, {"days": 0}, {"scopes": []}, {"scopes": ["all"]}, {"purpose": "x"}):
        with pytest.raises(Invalid):
            access.asked(dataset, asker, **{"days": 5} | wrong)
    made = access.asked(dataset, asker, days=5)
    with pytest.raises(Invalid, match="answer each question"):
        requests.submit_request(actor=asker, request=made, at=clock.now())
    with pytest.raises(Conflict, match="under way"):
        access.asked(dataset, asker, days=5)
    owner = accounts.person()
    with pytest.raises(Forbidden):
        access.asked(dataset, asker, days=5, organisation=accounts.organisation(owner))


def test_whoever_decides_gives_a_reason_and_nobody_decides_about_their_own() -> None:
    dataset = access.dataset()
    writer = catalogue.writer(dataset)
    own, other = access.sent(dataset, writer), access.sent(dataset)
    with pytest.raises(Forbidden):
        access.approve(own)
    for verb in (requests.approve_request, requests.reject_request, requests.return_request):
        with pytest.raises(Invalid):
            verb(actor=writer, request=other, reason=" ", at=clock.now())


def test_both_sides_are_told_of_each_step(at: datetime) -> None:
    dataset = access.dataset(at=at)
    writer, asker = catalogue.writer(dataset), accounts.person()
    steward = accounts.staff(groups.DATA_STEWARDS)
    request = access.sent(dataset, asker, at=at)
    requests.return_request(actor=writer, request=request, reason="Which streets?", at=at)
    requests.submit_request(actor=asker, request=request, at=at)
    grant = access.approve(request, at)
    more: dict[str, Any] = {"grant": grant, "at": at}
    grants.suspend_grant(actor=steward, reason="The city looks into it.", **more)
    grants.resume_grant(actor=steward, **more)
    grants.end_grant(actor=asker, **more)
    events.deliver_pending()

    def told(person: Person) -> list[tuple[str, str]]:
        rows = Notification.objects.filter(person=person, category="data-access").order_by("event__seq")
        return [(one.kind, one.detail) for one in rows]

    both = [("grant.suspended", "The city looks into it."), ("grant.resumed", "")]
    answers = [("access_request.returned", "Which streets?"), ("access_request.approved", "Good.")]
    assert told(asker) == [*answers, *both]
    sent = ("access_request.submitted", "")
    assert told(writer) == [sent, sent, *both, ("grant.ended", "")]


def test_a_renewed_grant_ends_as_the_new_one_begins(at: datetime) -> None:
    dataset, asker = access.dataset(at=at), accounts.person()
    first = access.grant(dataset, asker, at=at)
    later = at + timedelta(days=20)
    second = access.grant(dataset, asker, at=later, renews=first)
    first.refresh_from_db()
    assert (first.state, second.state) == ("ended", "active")
    assert second.expires_at == later + timedelta(days=30)
    events.deliver_pending()
    assert not Notification.objects.filter(kind="grant.ended").exists()


def test_an_object_permission_mirrors_what_a_person_holds() -> None:
    dataset, asker = access.dataset(), accounts.person()

    def mirrored() -> list[Dataset]:
        return list(get_objects_for_user(Person.objects.get(pk=asker.pk), "catalogue.read_rows"))

    grant = access.grant(dataset, asker)
    assert mirrored() == [dataset]
    more: dict[str, Any] = {"grant": grant, "at": clock.now()}
    grants.suspend_grant(actor=catalogue.writer(dataset), reason="Why.", **more)
    assert mirrored() == []
    grants.resume_grant(actor=catalogue.writer(dataset), **more)
    assert mirrored() == [dataset]
    grants.expire_grants(at=grant.expires_at)
    assert mirrored() == []


def test_accepted_terms_hold_once_and_a_revoked_reader_does_not_accept_them_again() -> None:
    dataset, reader = access.dataset(AccessLevel.REGISTERED), accounts.person()
    first, second = access.grant(dataset, reader), access.grant(dataset, reader)
    first.refresh_from_db()
    assert (first.state, second.state) == ("ended", "active")
    writer = catalogue.writer(dataset)
    grants.suspend_grant(actor=writer, grant=second, reason="Too much.", at=clock.now())
    with pytest.raises(Conflict):
        access.grant(dataset, reader)
    grants.revoke_grant(actor=writer, grant=second, reason="Too much.", at=clock.now())
    with pytest.raises(Conflict):
        access.grant(dataset, reader)


def test_what_belongs_to_everybody_is_not_closed() -> None:
    """High-value data and the exchange's own tables: in the operation and in the database."""
    with pytest.raises(Invalid):
        catalogue.said(high_value_category=HighValue.MOBILITY, access_level="on_request").checked()
    open_one = catalogue.published(high_value_category=HighValue.MOBILITY)
    own = catalogue.published(title="Own")
    Dataset.objects.filter(pk=own.pk).update(source="calls")
    own.refresh_from_db()
    with pytest.raises(Invalid):
        datasets.describe(
            actor=catalogue.writer(own),
            dataset=own,
            said=catalogue.said(access_level="by_order"),
            at=clock.now(),
        )
    for one in (open_one, own):
        with pytest.raises(DatabaseError, match="high_value_and_own_data_is_open"), transaction.atomic():
            Dataset.objects.filter(pk=one.pk).update(access_level="registered")


def test_an_organisation_answers_who_asks_for_its_data_before_it_closes_1128_ry4() -> None:
    dataset = access.dataset()
    asked, owner, at = access.sent(dataset), catalogue.writer(dataset), clock.now()
    with pytest.raises(Conflict, match="Somebody asks for"):
        close_organisation(actor=owner, organisation=dataset.publisher, at=at)
    requests.reject_request(actor=owner, request=asked, reason="We end our work.", at=at)
    close_organisation(actor=owner, organisation=dataset.publisher, at=at)

"""People share, consent purpose by purpose, withdraw with a receipt, and ask for their rights."""

import base64
import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.db import DatabaseError, connection, transaction

from civic.accounts.operations.erasure import erase_person
from civic.core import clock, events
from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from datasets.consent import receipts
from datasets.consent.fields import parse
from datasets.consent.models import Consent, RightsRequest, Submission
from datasets.consent.operations import collections, rights, sharing
from tests.factories import accounts, catalogue
from tests.factories import sharing as shared

pytestmark = pytest.mark.django_db


def test_who_shares_consents_to_what_they_ticked_and_to_nothing_else() -> None:
    one = shared.purpose()
    other = shared.purpose(one.collection, title="Advertising for bicycles")
    person = accounts.person()
    shared.share([one], person)
    consent = Consent.objects.get()
    assert (consent.purpose, consent.notice, consent.state) == (one, one.newest_notice, "given")
    shared.share([one, other], person, way="car")
    assert Submission.objects.get().values["way_to_work"] == "car"
    assert Consent.objects.count() == 2
    sharing.share(
        actor=person, collection=one.collection, values=shared.values(), consents={}, at=clock.now()
    )
    assert Consent.objects.standing().count() == 2, (
        "what is not ticked stays: it ends by its withdrawal alone"
    )


def test_a_consent_is_to_the_words_that_were_read() -> None:
    purpose, person = shared.purpose(), accounts.person()
    read = purpose.newest_notice
    assert read
    words = collections.Words("We sell it.", "Whoever pays.", "For ever.")
    actor = catalogue.writer(purpose.collection.publisher)
    shared.share(purpose, person)
    collections.publish_notice(actor=actor, purpose=purpose, words=words, at=clock.now())
    with pytest.raises(Conflict):
        sharing.share(
            actor=accounts.person(),
            collection=purpose.collection,
            values=shared.values(),
            consents={purpose.pk: read.digest},
            at=clock.now(),
        )
    assert not Submission.objects.exclude(person=person).exists(), "nothing half"
    newest = purpose.newest_notice
    assert newest
    assert not Consent.objects.counted(purpose, newest).exists()
    shared.share(purpose, person)
    assert Consent.objects.counted(purpose, newest).count() == 1
    shared.withdraw(person, purpose)
    assert not Consent.objects.standing().exists(), "with it the consent to the words before"


def test_receipts_are_signed_and_never_change() -> None:
    purpose, person = shared.purpose(), accounts.person()
    shared.share(purpose, person)
    consent = shared.withdraw(person, purpose)
    for text, signature, status in (
        (consent.receipt, consent.signature, "dpv:ConsentGiven"),
        (consent.withdrawal, consent.withdrawal_signature, "dpv:ConsentWithdrawn"),
    ):
        kept = json.loads(receipts.download(text, signature))
        key = load_pem_public_key(kept["public_key"].encode())
        assert isinstance(key, Ed25519PublicKey)
        key.verify(base64.b64decode(kept["signature"]), kept["record"].encode())
        said = json.loads(kept["record"])
        assert said["dpv:hasConsentStatus"]["@type"] == status
        assert person.name not in text
        assert str(person.pk) not in text
    with pytest.raises(IllegalTransition):
        sharing.withdraw_consent(actor=person, consent=consent, at=clock.now())
    for change in ("receipt = 'x'", "withdrawal = 'x'", "state = 'given'", "given_at = now()"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE consent_consent SET {change}")
    for table in ("consent_consent", "consent_notice", "consent_purpose"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE consent_notice SET what = 'x'")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE consent_collection SET k = 6")


def test_nobody_else_withdraws_and_nothing_is_shared_outside_of_the_questions() -> None:
    purpose, person = shared.purpose(), accounts.person()
    shared.share(purpose, person)
    with pytest.raises(Forbidden):
        sharing.withdraw_consent(actor=accounts.person(), consent=Consent.objects.get(), at=clock.now())
    for said in ({"district": "Elsewhere"}, {"age": 15}, {"age": 100}, {"way": ""}):
        with pytest.raises(Invalid):
            shared.share(purpose, **said)
    collections.close_collection(
        actor=catalogue.writer(purpose.collection.publisher), collection=purpose.collection, at=clock.now()
    )
    with pytest.raises(Conflict):
        shared.share(purpose)
    assert shared.withdraw(person, purpose).state == "withdrawn", "also of a closed collection"


@pytest.mark.parametrize(
    "questions",
    [
        "",
        "What do you think?:",
        "People: a | b",
        "A: b",
        "A: b | b",
        "Age: 9 to 3",
        "\n".join(f"Q{number}: a | b" for number in range(13)),
        "A: b | c\nA: d | e",
    ],
)
def test_questions_that_are_none(questions: str) -> None:
    with pytest.raises(Invalid):
        parse(questions)


def test_an_answer_about_ones_rights_is_owed_in_less_than_a_month_and_does_what_it_says() -> None:
    purpose, person = shared.purpose(), accounts.person()
    actor = catalogue.writer(purpose.collection.publisher)
    shared.share(purpose, person)
    at = clock.now()
    asked = [
        rights.ask_rights(actor=person, collection=purpose.collection, right=right, words="Please.", at=at)
        for right in ("access", "objection", "erasure")
    ]
    with pytest.raises(Conflict):
        rights.ask_rights(actor=person, collection=purpose.collection, right="access", words="", at=at)
    assert not asked[0].is_late(at + timedelta(days=27))
    assert asked[0].is_late(at + timedelta(days=28))
    with pytest.raises(Invalid):
        rights.refuse_rights(actor=actor, request=asked[0], answer=" ", at=at)
    with pytest.raises(Forbidden):
        rights.fulfil_rights(actor=person, request=asked[0], answer="Yes.", at=at)
    rights.refuse_rights(actor=actor, request=asked[0], answer="It is on your page.", at=at)
    rights.fulfil_rights(actor=actor, request=asked[1], answer="It is stopped.", at=at)
    assert Submission.objects.exists()
    assert not Consent.objects.standing().exists()
    rights.fulfil_rights(actor=actor, request=asked[2], answer="It is erased.", at=at)
    assert not Submission.objects.exists()
    assert set(RightsRequest.objects.values_list("state", flat=True)) == {"refused", "fulfilled"}


def test_an_erased_account_has_withdrawn_everything() -> None:
    purpose, person = shared.purpose(), accounts.person()
    shared.share(purpose, person)
    rights.ask_rights(
        actor=person, collection=purpose.collection, right="access", words="Mine.", at=clock.now()
    )
    erase_person(person=person, at=clock.now())
    assert not Submission.objects.exists(), "at once"
    events.deliver_pending()
    consent, request = Consent.objects.get(), RightsRequest.objects.get()
    assert (consent.person, consent.state) == (None, "withdrawn")
    assert consent.withdrawal
    assert (request.person, request.words) == (None, "")

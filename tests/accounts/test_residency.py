"""How residency is confirmed, refused and ended."""

from datetime import date, timedelta
from io import BytesIO

import pytest

from civic.accounts import identity, operations
from civic.accounts.models import Residency
from civic.accounts.operations.residency import CODE_TRIES, CODE_VALID, RESIDENCY_VALID, Facts
from civic.accounts.roles import verified_resident
from civic.core import events
from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from tests.factories import accounts as make
from tests.mail import delivered

pytestmark = pytest.mark.django_db

BORN = date(1984, 7, 31)
ADA = {"name": "Ada Lind", "born": BORN, "address": "Quay 1\n26789 Aldermere"}


@pytest.fixture
def steward():
    return make.staff("data-stewards")


@pytest.fixture
def person():
    return make.person()


def letter_for(person, steward, at, **facts):
    operations.request_letter(actor=person, area=make.area(), at=at, **(ADA | facts))
    residency = Residency.objects.live().get(person=person)
    return operations.print_letters(actor=steward, residencies=[residency], at=at)[0]


def test_the_code_of_the_letter_verifies_and_the_address_is_forgotten(person, steward, at):
    letter = letter_for(person, steward, at)
    operations.confirm_code(actor=person, code=letter.code.lower(), at=at)
    residency = Residency.objects.get(person=person)
    assert verified_resident(person, at)
    assert not verified_resident(person, at + RESIDENCY_VALID)
    assert (residency.recipient, residency.address, residency.code_hash) == ("", "", "")
    assert [e.kind for e in events.about(residency)] == [
        "residency.requested",
        "residency.code_sent",
        "residency.verified",
    ]


def test_nothing_personal_enters_the_event_log(person, steward, at):
    letter = letter_for(person, steward, at)
    operations.confirm_code(actor=person, code=letter.code, at=at)
    written = str([(e.payload, e.note) for e in events.about(letter.residency)])
    assert "Ada" not in written
    assert "Quay" not in written


def test_the_code_is_nowhere_in_the_database(person, steward, at):
    letter = letter_for(person, steward, at)
    bare = letter.code.replace("-", "")
    row = Residency.objects.filter(person=person).values().get()
    assert bare not in str(row)
    assert letter.code not in str(row)


def test_five_wrong_codes_void_the_letter(person, steward, at):
    letter = letter_for(person, steward, at)
    for _ in range(CODE_TRIES - 1):
        with pytest.raises(Invalid) as refusal:
            operations.confirm_code(actor=person, code="WRONG", at=at)
    assert "one more try" in str(refusal.value.fields["letter_code"])
    with pytest.raises(Conflict):
        operations.confirm_code(actor=person, code="WRONG", at=at)
    with pytest.raises(Conflict):
        operations.confirm_code(actor=person, code=letter.code, at=at)
    assert not verified_resident(person, at)


def test_an_old_code_does_not_count(person, steward, at):
    letter = letter_for(person, steward, at)
    with pytest.raises(Conflict):
        operations.confirm_code(actor=person, code=letter.code, at=at + CODE_VALID)
    assert Residency.objects.get(person=person).state == "expired"


def test_printing_again_replaces_the_code(person, steward, at):
    first = letter_for(person, steward, at)
    second = operations.print_letters(actor=steward, residencies=[first.residency], at=at)[0]
    with pytest.raises(Invalid):
        operations.confirm_code(actor=person, code=first.code, at=at)
    operations.confirm_code(actor=person, code=second.code, at=at)


def test_one_request_at_a_time_and_three_letters_in_sixty_days(person, at):
    area = make.area()
    for _ in range(3):
        residency = operations.request_letter(actor=person, area=area, at=at, **ADA)
        with pytest.raises(Conflict):
            operations.request_letter(actor=person, area=area, at=at, **ADA)
        operations.withdraw_residency(actor=person, residency=residency, at=at)
    with pytest.raises(Conflict):
        operations.request_letter(actor=person, area=area, at=at, **ADA)


def test_one_person_is_verified_through_one_account(person, steward, at):
    letter = letter_for(person, steward, at)
    operations.confirm_code(actor=person, code=letter.code, at=at)
    other = letter_for(make.person(), steward, at, name="LIND, Ada")
    with pytest.raises(Conflict):
        operations.confirm_code(actor=other.residency.person, code=other.code, at=at)
    assert not verified_resident(other.residency.person, at)


def test_leaving_and_coming_back_through_another_account_waits_for_the_hold(person, steward, at):
    facts = Facts("Ada Lind", BORN, "L01X00T47")
    area, second = make.area(), make.person()
    first = operations.verify_at_desk(actor=steward, person=person, facts=facts, area=area, at=at)
    operations.withdraw_residency(actor=person, residency=first, at=at)
    with pytest.raises(Conflict):
        operations.verify_at_desk(actor=steward, person=second, facts=facts, area=area, at=at)
    later = at + identity.HOLD + timedelta(days=1)
    operations.expire_residencies(at=later)
    operations.verify_at_desk(actor=steward, person=second, facts=facts, area=area, at=later)


def test_the_same_account_may_be_verified_again_at_once(person, steward, at):
    facts = Facts("Ada Lind", BORN, "L01X00T47")
    for _ in range(2):
        residency = operations.verify_at_desk(
            actor=steward, person=person, facts=facts, area=make.area(), at=at
        )
        operations.withdraw_residency(actor=person, residency=residency, at=at)


def test_one_document_counts_once_and_namesakes_are_told_apart(person, steward, at):
    area, other = make.area(), make.person()
    operations.verify_at_desk(actor=steward, person=person, facts=Facts("A B", BORN, "X1"), area=area, at=at)
    with pytest.raises(Conflict):
        operations.verify_at_desk(
            actor=steward, person=other, facts=Facts("C D", BORN, "x-1"), area=area, at=at
        )
    with pytest.raises(Conflict):
        operations.verify_at_desk(
            actor=steward, person=other, facts=Facts("B A", BORN, "X2"), area=area, at=at
        )
    namesake = Facts("B A", BORN, "X2", namesake=True)
    operations.verify_at_desk(actor=steward, person=other, facts=namesake, area=area, at=at)
    assert verified_resident(other, at, [area.pk])


def test_the_desk_takes_over_a_letter_that_is_under_way(person, steward, at):
    letter = letter_for(person, steward, at)
    operations.verify_at_desk(
        actor=steward, person=person, facts=Facts("Ada Lind", BORN, "X"), area=make.area(), at=at
    )
    residency = Residency.objects.get(pk=letter.residency.pk)
    assert (residency.state, residency.method, residency.address) == ("verified", "desk", "")


@pytest.mark.parametrize("group", ["moderators", "programme-managers", "finance-officers", "auditors"])
def test_only_data_stewards_verify_print_and_reject(person, group, at):
    staff, area = make.staff(group), make.area()
    residency = operations.request_letter(actor=person, area=area, at=at, **ADA)
    with pytest.raises(Forbidden):
        operations.print_letters(actor=staff, residencies=[residency], at=at)
    with pytest.raises(Forbidden):
        operations.reject_residency(actor=staff, residency=residency, reason="no", at=at)
    with pytest.raises(Forbidden):
        operations.verify_at_desk(actor=staff, person=person, facts=Facts("A", BORN, "X"), area=area, at=at)


def test_a_rejection_has_a_reason_and_nobody_withdraws_for_others(person, steward, at):
    residency = operations.request_letter(actor=person, area=make.area(), at=at, **ADA)
    with pytest.raises(Forbidden):
        operations.withdraw_residency(actor=make.person(), residency=residency, at=at)
    with pytest.raises(Invalid):
        operations.reject_residency(actor=steward, residency=residency, reason=" ", at=at)
    operations.reject_residency(actor=steward, residency=residency, reason="No such house.", at=at)
    with pytest.raises(IllegalTransition):
        operations.withdraw_residency(actor=person, residency=residency, at=at)


def test_a_wrong_confirmation_is_ended_with_a_reason_and_a_letter_1127_oc7(person, steward, at):
    """The steward had confirmed the wrong account: its owner is told why. Its marks are held as after a withdrawal."""
    facts, area, right = Facts("Ada Lind", BORN, "L01X00T47"), make.area(), make.person()
    wrong = operations.verify_at_desk(actor=steward, person=person, facts=facts, area=area, at=at)
    operations.reject_residency(actor=steward, residency=wrong, reason="The wrong account.", at=at)
    assert not verified_resident(person, at)
    events.deliver_pending()
    letter = delivered()[-1]
    assert letter.to == [person.email]
    assert "no longer confirmed" in letter.subject
    assert "The wrong account." in letter.body
    with pytest.raises(Conflict):
        operations.verify_at_desk(actor=steward, person=right, facts=facts, area=area, at=at)
    # The owner of the wrong account is confirmed by their own papers meanwhile: that holds the others' no longer.
    own = Facts("Bo Lind", BORN, "L01X00T48")
    operations.verify_at_desk(actor=steward, person=person, facts=own, area=area, at=at)
    later = at + identity.HOLD + timedelta(days=1)
    operations.expire_residencies(at=later)
    operations.verify_at_desk(actor=steward, person=right, facts=facts, area=area, at=later)
    assert verified_resident(right, later)


def test_one_steward_ends_a_few_confirmations_a_day_1127_at2(steward, at):
    """With all rows ticked one click ended each confirmation in the city, during a vote."""
    confirmed = [make.residency(make.person(), expires_at=at + timedelta(days=400)) for _ in range(6)]
    for residency in confirmed[:5]:
        operations.reject_residency(actor=steward, residency=residency, reason="Wrong.", at=at)
    with pytest.raises(Conflict):
        operations.reject_residency(actor=steward, residency=confirmed[5], reason="Wrong.", at=at)
    waits = operations.request_letter(actor=make.person(), area=make.area(), at=at, **ADA)
    operations.reject_residency(actor=steward, residency=waits, reason="No such house.", at=at)
    day = timedelta(days=1)
    operations.reject_residency(actor=steward, residency=confirmed[5], reason="Wrong.", at=at + day)


def test_what_has_run_out_expires(person, steward, at):
    letter = letter_for(person, steward, at)
    valid = make.residency(make.person(), expires_at=at + timedelta(days=400))
    run_out = make.residency(make.person(), expires_at=at)
    assert operations.expire_residencies(at=at) == 1
    assert operations.expire_residencies(at=at + CODE_VALID) == 1
    states = dict(Residency.objects.values_list("pk", "state"))
    assert states == {letter.residency.pk: "expired", valid.pk: "verified", run_out.pk: "expired"}


def test_another_persons_letter_frees_no_mark_of_the_first_i7(person, steward, at):
    facts, area, second = Facts("Ada Lind", BORN, "L01X00T47"), make.area(), make.person()
    first = operations.verify_at_desk(actor=steward, person=person, facts=facts, area=area, at=at)
    operations.withdraw_residency(actor=person, residency=first, at=at)
    letter = letter_for(person, steward, at, name="Bo Invented")
    housemate = operations.confirm_code(actor=person, code=letter.code, at=at)
    later = at + identity.HOLD + timedelta(days=1)
    operations.expire_residencies(at=later)
    for same in (facts, Facts("Ada Lind", BORN, "other"), Facts("A. Lind", BORN, "L01X00T47")):
        with pytest.raises(Conflict):
            operations.verify_at_desk(actor=steward, person=second, facts=same, area=area, at=later)
    operations.withdraw_residency(actor=person, residency=housemate, at=later)
    operations.expire_residencies(at=later + timedelta(days=1))
    with pytest.raises(Conflict):
        operations.verify_at_desk(actor=steward, person=second, facts=facts, area=area, at=later)


def test_one_address_gets_a_few_letters_and_a_warning_i5(client, steward, at, settings):
    settings.LETTERS_PER_ADDRESS = 2
    area = make.area()
    for name, address in [("Ann One", ADA["address"]), ("Bo Two", "QUAY 1, 26789 Aldermere")]:
        facts = ADA | {"name": name, "address": address}
        operations.request_letter(actor=make.person(), area=area, at=at, **facts)
    with pytest.raises(Conflict):
        operations.request_letter(actor=make.person(), area=area, at=at, **ADA)
    client.force_login(steward)
    queue = client.get("/admin/accounts/residency/").content.decode()
    assert queue.count("Look closer: 2 people") == 2
    assert "Bo Two" in queue
    assert "1984" in queue
    assert "07-31" not in queue


def test_with_a_register_letters_go_to_its_residents_i5(steward, at):
    area, elsewhere = make.area(), make.area()
    line = f"name,birth_date,number,area\nAda Lind,1984-07-31,7,{area.slug}\n"
    operations.upload_registry(actor=steward, file=BytesIO(line.encode()), at=at)
    for facts in (ADA | {"name": "Bo Invented", "area": area}, ADA | {"area": elsewhere}):
        with pytest.raises(Invalid):
            operations.request_letter(actor=make.person(), at=at, **facts)
    operations.request_letter(actor=make.person(), area=area, at=at, **ADA)


def test_the_date_of_birth_stays_no_longer_than_the_confirmation_i5(person, steward, at):
    letter = letter_for(person, steward, at)
    residency = operations.confirm_code(actor=person, code=letter.code, at=at)
    assert Residency.objects.get(person=person).born == BORN
    operations.withdraw_residency(actor=person, residency=residency, at=at)
    assert Residency.objects.get(person=person).born is None

"""What an attacker did untold, by SQL as the application role: none of it is done, and the verbs do it (ADR 35)."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from civic.accounts import operations, privacy
from civic.accounts.models import Area, ErasureRequest, Organisation, Person
from civic.accounts.operations import people
from civic.core import events, job_actions
from civic.core.models import Delivery, Event, Outbox, PutOff
from marketplace.campaigns.models import Pledge
from marketplace.campaigns.operations import pledges
from marketplace.payments.models import Charge
from marketplace.payments.references import reference_for
from marketplace.payouts.models import BankDetails
from marketplace.payouts.operations import bank_details
from projects.calls import operations as calls
from projects.calls.models import Call
from tests.demo_city import MOMENT as NOW
from tests.whole.application_role import outcome, session
from tests.whole.faults import OFFICER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_city")]
__all__ = ["session"]

RUNNING = """SELECT call_id FROM calls_phase JOIN calls_call ON calls_call.id = call_id
    WHERE state = 'open' AND kind = 'voting' AND starts_at <= now() AND ends_at > now() LIMIT 1"""
AREA_OF_RUNNING = f"""INSERT INTO calls_call_areas (call_id, area_id)
    SELECT ({RUNNING}), id FROM accounts_area WHERE id NOT IN
           (SELECT area_id FROM calls_call_areas WHERE call_id = ({RUNNING})) LIMIT 1"""
UNTOLD = {
    "a phase of a vote goes a4": f"DELETE FROM calls_phase WHERE kind = 'voting' AND call_id = ({RUNNING})",
    "a vote ends at once a4": f"""WITH gone AS (DELETE FROM calls_phase WHERE kind = 'voting' AND call_id = ({RUNNING})
        RETURNING *) INSERT INTO calls_phase (id, created_at, kind, starts_at, ends_at, call_id)
        SELECT gen_random_uuid(), now(), kind, starts_at, now() + interval '2 seconds', call_id FROM gone""",
    "phases of a call that is over go a4": """DELETE FROM calls_phase
        WHERE call_id IN (SELECT id FROM calls_call WHERE state = 'decided')""",
    "an area of a vote more a4": AREA_OF_RUNNING,
    "an area lies elsewhere a4": """UPDATE accounts_area SET parent_id = (SELECT id FROM accounts_area other
        WHERE other.id <> accounts_area.id AND other.id IS DISTINCT FROM accounts_area.parent_id LIMIT 1)
        WHERE id = (SELECT id FROM accounts_area WHERE parent_id IS NOT NULL LIMIT 1)""",
    "everybody is erased a5": """INSERT INTO accounts_erasurerequest (id, created_at, person_id, due_at)
        SELECT gen_random_uuid(), now(), id, now() + interval '9 days' FROM accounts_person""",
    "anonymous givers are named a9": "UPDATE campaigns_pledge SET anonymous = false WHERE anonymous",
    "named givers are hidden a9": "UPDATE campaigns_pledge SET anonymous = true WHERE NOT anonymous",
    "an account to be paid to a7b": """INSERT INTO payouts_bankdetails SELECT (jsonb_populate_record(one, to_jsonb(one)
        || jsonb_build_object('id', gen_random_uuid(), 'destination', 'XX00', 'usable_from', now() + interval '9 days'
        ))).* FROM payouts_bankdetails one WHERE entered_by_id IS NOT NULL LIMIT 1""",
    "payers are led elsewhere a11": "UPDATE payments_charge SET payer_url = 'https://evil.example/'",
    "payers are led elsewhere by a path a11": "UPDATE payments_charge SET payer_url = '//evil.example/'",
    "cards are asked for elsewhere a11": "UPDATE payments_methodsetup SET payer_url = 'https://evil.example/'",
    "a transfer pays another's charge a11": """UPDATE payments_charge SET provider_ref = 'RF18539007547034'
        WHERE provider = 'bank' AND state = 'prepared'""",
    "a transfer finds nothing a11": """UPDATE payments_charge SET provider_ref = ''
        WHERE provider = 'bank' AND state = 'prepared'""",
    "marks of the verified go a13": "UPDATE accounts_residency SET identity = '' WHERE state = 'verified'",
    "nobody is old enough a13": "UPDATE accounts_residency SET born = NULL WHERE state = 'verified'",
    "officers are dismissed a13": "UPDATE accounts_person SET is_staff = false WHERE is_staff AND NOT is_superuser",
    "accounts are closed a13": "UPDATE accounts_person SET is_active = false WHERE is_active",
    "officers lose their groups a13": "DELETE FROM accounts_person_groups",
    "organisations lose their members a13": "DELETE FROM accounts_membership",
    "an officer gives a claim up tf7": f"UPDATE payments_claim SET proposed_by_id = {OFFICER} WHERE state = 'open'",
    "a vote that runs looks counted a17": "UPDATE voting_poll SET counted = 50 WHERE sealed_at IS NULL",
    "a letter goes elsewhere a13": "UPDATE accounts_mail SET address = 'x@evil.example'",
}


@pytest.mark.parametrize("statement", UNTOLD.values(), ids=UNTOLD)
def test_what_a_neighbouring_table_says_does_not_change_untold_1127(
    session: psycopg.Cursor, statement: str
) -> None:
    assert outcome(session, statement) == "refused"


def test_an_event_leaves_the_outbox_once_its_deliveries_are_there_1127_a6(session: psycopg.Cursor) -> None:
    administrator = Person.objects.filter(is_superuser=True).first()
    assert administrator
    session.execute("UPDATE accounts_person SET password = 'mine' WHERE id = %s", [administrator.pk])
    event = Event.objects.order_by("-seq")[0]
    assert event.kind == "person.password_changed"
    gone = f"DELETE FROM core_outbox WHERE event_id = {event.pk}"
    assert outcome(session, gone) == "refused"
    pointed = "UPDATE core_outbox SET event_id = (SELECT min(seq) FROM core_event) WHERE event_id = "
    assert outcome(session, f"{pointed}{event.pk}") == "refused"
    done = "INSERT INTO core_delivery (event_id, handler, priority, attempts, last_error, due_at, done_at)"
    named = "'civic.accounts.handlers.mail_administrators'"
    assert outcome(session, f"{done} VALUES ({event.pk}, {named}, 5, 0, '', now(), now())") == "refused"
    events.schedule()
    assert not Outbox.objects.filter(pk=event.pk).exists()
    delivery = Delivery.objects.get(event=event)
    for column in ("done_at", "dead_at"):
        by_word = f"UPDATE core_delivery SET {column} = now() WHERE id = {delivery.pk}"
        assert outcome(session, by_word) == "refused"
    job_actions.discard(actor=administrator, job=delivery, reason="It was me.", at=NOW)


def test_the_database_knows_which_handlers_hear_of_what_1127_a6(session: psycopg.Cursor) -> None:
    known = set(session.execute("SELECT kind, handler FROM core_handled").fetchall())
    assert known == {(kind, one.slug) for one in events.handlers if not one.once_per for kind in one.kinds}


def test_nobody_is_erased_who_did_not_ask_1127_a5(session: psycopg.Cursor) -> None:
    now = session.execute("SELECT now()").fetchone()[0]  # type: ignore[index]  # the role is asked by its clock
    free = [
        one
        for one in Person.objects.filter(is_staff=False, is_active=True)
        if not list(privacy.blockers(one))
    ]
    person, other = free[:2]
    insert = "INSERT INTO accounts_erasurerequest (id, created_at, person_id, due_at)"
    soon = f"{insert} VALUES (gen_random_uuid(), now(), '{person.pk}', now() + interval '1 day')"
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    events.record("person.erasure_requested", actor=person, subject=person, at=long_ago)
    assert outcome(session, soon) == "refused"  # nor by an event that says it was long ago
    operations.request_erasure(actor=person, confirmation=person.email, at=now)
    operations.cancel_erasure(actor=person, at=now)
    later = soon.replace("1 day", "9 days")
    assert outcome(session, later) == "refused"
    operations.request_erasure(actor=person, confirmation=person.email, at=now)
    # What an owner, or a hole, put there: the clock asks too.
    session.execute("RESET ROLE")
    session.execute(soon.replace(str(person.pk), str(other.pk)).replace("+", "-"))
    session.execute("SET LOCAL ROLE civic_application")
    assert operations.erase_due(at=now) == 0
    assert PutOff.objects.filter(subject_type="accounts.ErasureRequest").exists()
    operations.erase_person(person=person, at=now)
    session.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert [one.person_id for one in ErasureRequest.objects.all()] == [other.pk]


def test_plans_and_areas_of_calls_change_by_their_verbs_1127_a4(session: psycopg.Cursor) -> None:
    staff = Person.objects.filter(is_superuser=True).first()
    call = Call.objects.get(pk=session.execute(RUNNING).fetchone()[0])  # type: ignore[index]
    assert staff
    plan = [calls.Planned(one.kind, one.starts_at, one.ends_at) for one in call.ordered_phases()]
    longer = [
        one._replace(ends_at=one.ends_at + timedelta(hours=1)) if one.kind == "voting" else one
        for one in plan
    ]
    calls.set_phases(actor=staff, call=call, phases=longer, at=NOW)
    area = Area.objects.exclude(parent=None)[0]
    area.parent = None
    operations.save_area(actor=staff, area=area, at=NOW)
    coming = (
        Call.objects.filter(state="open").exclude(phases__kind="voting", phases__starts_at__lte=NOW).first()
    )
    if coming:
        calls.set_areas(actor=staff, call=coming, areas=[area], at=NOW)
    session.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_people_and_members_end_by_their_verbs_1127_a13(session: psycopg.Cursor) -> None:
    administrator = Person.objects.filter(is_superuser=True).first()
    officer = Person.objects.filter(is_staff=True, is_superuser=False).first()
    assert administrator
    assert officer
    people.appoint(actor=administrator, person=officer, is_staff=False, groups=[], reason="Left.", at=NOW)
    people.close_account(actor=administrator, person=officer, reason="Left.", at=NOW)
    session.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_clocks_tasks_change_told_1127_a13(session: psycopg.Cursor) -> None:
    session.execute(
        """INSERT INTO django_celery_beat_intervalschedule (every, period) VALUES (5, 'seconds')"""
    )
    session.execute("UPDATE django_celery_beat_intervalschedule SET every = 6")
    assert Event.objects.order_by("-seq")[0].kind == "clock_task.changed"


def test_a_name_is_shown_by_its_verb_1127_a9(session: psycopg.Cursor) -> None:
    pledge = Pledge.objects.filter(anonymous=True, state="collected").exclude(person=None)[0]
    pledges.show_name(actor=pledge.person, pledge=pledge, shown=True, at=NOW)  # type: ignore[arg-type]
    pledge.refresh_from_db()
    assert not pledge.anonymous


def test_an_account_is_named_by_its_verb_1127_a7b(session: psycopg.Cursor) -> None:
    now = session.execute("SELECT now()").fetchone()[0]  # type: ignore[index]
    organisation = Organisation.objects.filter(bank_details__isnull=False, memberships__role="owner")[0]
    owner = organisation.memberships.active().filter(role="owner")[0].person
    iban = "DE89370400440532013000"
    made = bank_details.enter_details(actor=owner, organisation=organisation, holder="X", iban=iban, at=now)
    # The same again by SQL, with the event of another account.
    again = f"""INSERT INTO payouts_bankdetails SELECT (jsonb_populate_record(one, to_jsonb(one)
        || jsonb_build_object('id', gen_random_uuid()))).* FROM payouts_bankdetails one WHERE id = '{made.pk}'"""
    assert outcome(session, again) == "refused"
    other = BankDetails(organisation=organisation, entered_by=owner)
    events.record(
        "bank_details.entered",
        actor=owner,
        subject=other,
        at=datetime(2020, 1, 1, tzinfo=UTC),
        payload={"organisation": str(organisation.pk)},
    )
    soon = again.replace("gen_random_uuid()", f"'{other.pk}', 'usable_from', now() + interval '2 hours'")
    assert outcome(session, soon) == "refused"


def test_the_database_makes_the_reference_of_a_charge_1127_a11(session: psycopg.Cursor) -> None:
    for charge in Charge.objects.all()[:20]:
        found = session.execute("SELECT payments_reference(%s)", [charge.pk]).fetchone()
        assert found == (reference_for(charge.pk),)

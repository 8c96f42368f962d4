"""The right to a copy and the right to be forgotten: whole, and without breaking what others need."""

import io
import json
import zipfile
from datetime import date, timedelta
from unittest.mock import Mock

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection, models
from guardian.shortcuts import assign_perm
from kombu.exceptions import OperationalError

from civic.accounts import operations, privacy, tasks
from civic.accounts.models import DataExport, ErasureRequest, Membership, Person, Residency
from civic.accounts.operations import exports
from civic.accounts.operations.erasure import GRACE
from civic.accounts.operations.residency import Facts
from civic.accounts.privacy import DELETE, KEEP, Personal
from civic.core import events, seals
from civic.core.errors import Conflict, Invalid
from civic.core.models import Delivery
from civic.core.sessions import contents
from tests.factories import accounts as make
from tests.mail import delivered

pytestmark = pytest.mark.django_db

# Each is found nowhere else, so that a search through the whole database finds every trace.
TRACES = ["zorblatt", "quuxington", "flimflamgasse", "zq-secret-77"]


@pytest.fixture
def person(client):
    """Somebody who has left a trace in every place that accounts and the libraries have."""
    somebody = make.person("zorblatt@example.org", name="Zorblatt Quuxington", about="I am Zorblatt.")
    client.force_login(somebody)
    return somebody


@pytest.fixture
def traces(person, at):
    steward = make.staff("data-stewards")
    area = make.area()
    letter = {"name": "Zorblatt Quuxington", "born": date(1984, 7, 31), "address": "Flimflamgasse 1"}
    residency = operations.request_letter(actor=person, area=area, at=at, **letter)
    operations.reject_residency(actor=steward, residency=residency, reason="Zorblatt is not there.", at=at)
    operations.request_letter(actor=person, area=area, at=at, **letter)
    organisation = make.organisation()
    make.membership(organisation, person)
    owner = organisation.memberships.get(role="owner").person
    operations.invite(
        actor=owner, organisation=make.organisation(owner), email=person.email, role="member", at=at
    )
    own = make.organisation(person)
    operations.invite(actor=person, organisation=own, email="friend@example.org", role="member", at=at)
    TOTP.activate(person, generate_totp_secret())
    assign_perm("accounts.view_organisation", person, own)
    kind = ContentType.objects.get_for_model(Person)
    LogEntry.objects.create(
        user=steward, content_type=kind, object_id=person.pk, object_repr=str(person), action_flag=2
    )
    return person


def tables_with(text):
    """Tables with a row that holds this text anywhere."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" row WHERE row::text ILIKE %s', [f"%{text}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_every_column_that_could_be_personal_is_declared():
    assert privacy.undeclared() == []


def test_an_undeclared_column_is_found():
    with privacy.personal_data.temporarily(without=["accounts.Membership.person"]):
        assert "accounts.Membership.person" in privacy.undeclared()


def test_a_line_that_holds_sentences_is_found_1127_f4():
    with privacy.non_personal.temporarily(without=["payouts.Hold.reason"]):
        assert privacy.undeclared() == ["payouts.Hold.reason"]


def test_declarations_name_columns_that_exist():
    for entry in privacy.personal_data:
        for column in entry.columns - {"pk"}:
            entry.model_class._meta.get_field(column)


def test_what_stays_says_why():
    with pytest.raises(ValueError, match="reason"):
        Personal(model="accounts.Person", person="pk", title="x", erase=KEEP)


def test_every_personal_column_is_exported_or_withheld_with_a_reason():
    for entry in privacy.personal_data:
        assert all(entry.withhold.values()), entry
        for column in entry.anonymise:
            field = entry.model_class._meta.get_field(column)
            text = isinstance(field, models.CharField | models.TextField)
            spoken_of = any(
                column in {*e.export, *e.withhold} for e in privacy.personal_data if e.model == entry.model
            )
            assert not text or spoken_of, f"{entry.model}.{column} is erased but was never shown"


def test_the_copy_holds_everything_as_json_and_to_read(traces, at):
    export = operations.request_export(actor=traces, at=at)
    operations.build_export(export_id=export.pk, at=at)
    export.refresh_from_db()
    assert (export.progress, export.ready_at) == (100, at)
    with zipfile.ZipFile(io.BytesIO(export.archive)) as archive:
        data = json.loads(archive.read("my-data.json"))
        page = archive.read("my-data.html").decode()
    rows = {section["model"]: section["rows"] for section in data["sections"] if section["rows"]}
    assert rows["accounts.Person"][0]["email"] == "zorblatt@example.org"
    assert {row["address"] for row in rows["accounts.Residency"]} == {"", "Flimflamgasse 1"}
    for model in (
        "accounts.Membership",
        "account.EmailAddress",
        "mfa.Authenticator",
        "sessions.Session",
        "core.Event",
    ):
        assert rows[model], model
    for trace in ("Zorblatt Quuxington", "Flimflamgasse 1"):
        assert trace in page
    assert traces.password not in page


def test_asking_for_a_copy_starts_its_making(person, client, at, django_capture_on_commit_callbacks):
    assert client.post("/me/data/export/").url == "/me/data/"
    with django_capture_on_commit_callbacks(execute=True):
        events.deliver_pending()
    assert DataExport.objects.get(person=person).progress == 100
    assert "Download your copy" in client.get("/me/data/").content.decode()


def test_a_copy_whose_making_no_worker_was_told_is_made_by_the_clock(
    person, at, clock_at, monkeypatch, django_capture_on_commit_callbacks
):
    """Without a broker the event is worked off all the same, and nothing else would begin the copy."""
    export = operations.request_export(actor=person, at=at)
    with monkeypatch.context() as gone, django_capture_on_commit_callbacks(execute=True):
        gone.setattr(tasks.build_export, "delay", Mock(side_effect=OperationalError("no broker")))
        events.deliver_pending()
    assert not Delivery.objects.exclude(last_error="").exists()
    DataExport.objects.update(created_at=at - exports.PATIENCE - timedelta(seconds=1))
    tasks.drop_exports()
    export.refresh_from_db()
    assert export.ready_at is not None


def test_a_copy_that_was_interrupted_is_made_once_more_and_a_finished_one_is_not(traces, at):
    export = operations.request_export(actor=traces, at=at)
    with pytest.raises(Conflict):
        operations.request_export(actor=traces, at=at)
    for _ in range(2):
        operations.build_export(export_id=export.pk, at=at)
    operations.build_export(export_id=export.pk, at=at + timedelta(days=1))
    export.refresh_from_db()
    assert export.ready_at == at
    operations.request_export(actor=traces, at=at)
    assert DataExport.objects.count() == 1


def test_a_copy_is_for_its_owner_until_it_expires(person, client, clock_at, at):
    client.post("/accounts/reauthenticate/", {"password": make.PASSWORD})
    export = operations.request_export(actor=person, at=at)
    url = f"/me/data/export/{export.pk}/"
    assert client.get(url).status_code == 404
    operations.build_export(export_id=export.pk, at=at)
    got = client.get(url)
    assert got.status_code == 200
    assert got.headers["Content-Type"] == "application/zip"
    assert got.headers["Cache-Control"] == "no-store"
    assert operations.drop_exports(at=at + timedelta(days=7)) == 1
    assert client.get(url).status_code == 404


def test_a_copy_asks_for_the_password_and_is_not_for_others(person, client, clock_at, at):
    export = operations.request_export(actor=person, at=at)
    operations.build_export(export_id=export.pk, at=at)
    url = f"/me/data/export/{export.pk}/"
    assert client.get(url).url.startswith("/accounts/reauthenticate/")
    client.force_login(make.person())
    client.post("/accounts/reauthenticate/", {"password": make.PASSWORD})
    assert client.get(url).status_code == 404


def test_nothing_says_who_it_was_and_the_chain_holds(traces, at):
    seals.seal(at=at)
    export = operations.request_export(actor=traces, at=at)
    operations.build_export(export_id=export.pk, at=at)
    operations.erase_person(person=traces, at=at)
    assert delivered()[-1].to == ["zorblatt@example.org"]
    seals.seal(at=at)
    assert seals.verify() == 2
    left = {trace: tables_with(trace) for trace in TRACES}
    assert left == {trace: [] for trace in TRACES}
    assert not [s for s in Session.objects.all() if contents(s).get("_auth_user_id") == str(traces.pk)]
    ghost = Person.objects.get(pk=traces.pk)
    assert ghost.display_name == "Former member"
    assert not ghost.is_active
    assert not ghost.has_usable_password()
    assert not ghost.groups.exists()


def test_the_traces_were_there_before(traces):
    assert {"accounts_person", "account_emailaddress", "accounts_invitation"} <= set(tables_with("zorblatt"))
    assert tables_with("flimflamgasse") == ["accounts_residency"]
    assert "core_event" in tables_with("zorblatt is not there")
    assert "django_admin_log" in tables_with("quuxington")


def test_an_erased_person_cannot_sign_in_and_the_address_is_free(traces, client, at):
    operations.erase_person(person=traces, at=at)
    assert client.get("/me/").status_code == 302
    make.person("zorblatt@example.org")


def test_nobody_votes_twice_by_being_erased(person, at):
    steward, facts, area = (
        make.staff("data-stewards"),
        Facts("A B", date(1984, 7, 31), "ZQ-Secret-77"),
        make.area(),
    )
    operations.verify_at_desk(actor=steward, person=person, facts=facts, area=area, at=at)
    operations.erase_person(person=person, at=at)
    assert Residency.objects.get().state == "verified"
    with pytest.raises(Conflict):
        operations.verify_at_desk(actor=steward, person=make.person(), facts=facts, area=area, at=at)


def test_seven_days_to_think_about_it(person, at):
    with pytest.raises(Invalid):
        operations.request_erasure(actor=person, confirmation="yes", at=at)
    operations.request_erasure(actor=person, confirmation="Zorblatt@example.org", at=at)
    assert operations.erase_due(at=at + GRACE - timedelta(seconds=1)) == 0
    operations.cancel_erasure(actor=person, at=at)
    assert operations.erase_due(at=at + GRACE) == 0
    operations.request_erasure(actor=person, confirmation=person.email, at=at)
    assert operations.erase_due(at=at + GRACE) == 1
    assert Person.objects.get(pk=person.pk).erased_at == at + GRACE
    assert not ErasureRequest.objects.exists()


def test_the_last_owner_hands_over_first(person, at):
    organisation = make.organisation(person)
    other = make.membership(organisation, make.person())
    with pytest.raises(Conflict):
        operations.request_erasure(actor=person, confirmation=person.email, at=at)
    operations.change_role(actor=person, membership=other, role=Membership.Role.OWNER, at=at)
    operations.request_erasure(actor=person, confirmation=person.email, at=at)
    operations.change_role(actor=person, membership=other, role=Membership.Role.MEMBER, at=at)
    assert operations.erase_due(at=at + GRACE) == 0
    assert Person.objects.get(pk=person.pk).erased_at is None
    assert "only owner" in delivered()[-1].body


def test_council_staff_end_their_role_first(at):
    staff = make.staff("moderators")
    with pytest.raises(Conflict):
        operations.erase_person(person=staff, at=at)


def test_erasure_asks_for_the_password_first(person, client):
    assert client.get("/me/data/erase/").url.startswith("/accounts/reauthenticate/")
    assert client.post("/me/data/erase/", {"confirmation": person.email}).url.startswith(
        "/accounts/reauthenticate/"
    )
    assert not ErasureRequest.objects.exists()
    client.post("/accounts/reauthenticate/", {"password": make.PASSWORD})
    assert client.post("/me/data/erase/", {"confirmation": person.email}).url == "/me/data/"
    assert ErasureRequest.objects.exists()
    client.post("/me/data/erase/cancel/")
    assert not ErasureRequest.objects.exists()


def test_deleting_goes_over_all_rows(person, at):
    entry = Personal(model="accounts.Membership", person="person", title="x", erase=DELETE)
    make.membership(make.organisation(), person)
    assert privacy.erase(entry, person) == 1

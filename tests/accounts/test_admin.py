"""The council's desk: who sees what, actions with reasons, and lists that cost the same at any length."""

import io
import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from civic.accounts import operations
from civic.accounts.models import Area, Organisation, Person, RegistryEntry, Residency
from civic.accounts.states import OrganisationState
from civic.core import events
from civic.core.admin import StaffAdmin
from tests.factories import accounts as make
from tests.visiting import with_password

pytestmark = pytest.mark.django_db

LISTS = ["person", "organisation", "residency", "area", "registryupload", "erasurerequest"]
SEEN = {
    "moderators": {"person", "organisation"},
    "programme-managers": {"organisation", "area"},
    "finance-officers": {"organisation"},
    "data-stewards": {"person", "residency", "registryupload"},
    "auditors": set(LISTS),
}


def list_url(name):
    return reverse(f"admin:accounts_{name}_changelist")


@pytest.fixture
def as_staff(client):
    def sign_in(*groups):
        staff = make.staff(*groups)
        with_password(client, staff)
        return staff

    return sign_in


@pytest.mark.parametrize("group", sorted(SEEN))
def test_who_sees_which_list(client, as_staff, group):
    as_staff(group)
    seen = {name for name in LISTS if client.get(list_url(name)).status_code == 200}
    assert seen == SEEN[group]


def test_residents_do_not_come_in(client):
    client.force_login(make.person())
    assert client.get(list_url("person"), follow=True).status_code == 403


def test_a_persons_page_shows_no_password(client, django_assert_max_num_queries):
    person = make.person()
    client.force_login(make.superuser())
    page = client.get(reverse("admin:accounts_person_change", args=[person.pk])).content.decode()
    assert person.email in page
    assert person.password not in page
    assert 'name="password"' not in page


def appoint(client, person, **data):
    return client.post(reverse("admin:accounts_person_change", args=[person.pk]), data)


def test_administrators_give_council_roles_with_a_reason(client):
    person, group = make.person(), Group.objects.get(name="moderators")
    with_password(client, make.superuser())
    assert appoint(client, person, is_staff="on", groups=[group.pk]).status_code == 200
    assert not Person.objects.get(pk=person.pk).is_staff
    assert appoint(client, person, is_staff="on", groups=[group.pk], reason="New job").status_code == 302
    appointed = Person.objects.get(pk=person.pk)
    assert appointed.is_staff
    assert list(appointed.groups.all()) == [group]
    event = events.about(person).get(kind="person.appointed")
    assert (event.payload, event.note) == ({"staff": True, "groups": ["moderators"]}, "New job")


@pytest.mark.parametrize("group", sorted(SEEN))
def test_nobody_else_does(client, as_staff, group):
    staff = as_staff(group)
    appoint(client, staff, is_staff="on", is_superuser="on", reason="me")
    appoint(client, make.person(), is_staff="on", reason="friend")
    assert Person.objects.filter(is_staff=True).count() == 1
    assert not Person.objects.filter(is_superuser=True).exists()


def act(client, name, action, *rows, **data):
    return client.post(
        list_url(name), {"action": action, "_selected_action": [row.pk for row in rows], **data}
    )


def done(client, name, action, *rows, **data):
    return act(client, name, action, *rows, confirmed="yes", **data)


def test_moderators_close_accounts_with_a_reason(client, as_staff):
    as_staff("moderators")
    person, colleague = make.person(), make.staff("auditors")
    assert "Reason" in act(client, "person", "close_account", person).content.decode()
    assert Person.objects.get(pk=person.pk).is_active
    assert "Say why" in done(client, "person", "close_account", person, reason=" ").content.decode()
    done(client, "person", "close_account", person, colleague, reason="Spam")
    assert not Person.objects.get(pk=person.pk).is_active
    assert Person.objects.get(pk=colleague.pk).is_active
    assert events.about(person).get().note == "Spam"


def test_an_account_that_is_opened_again_has_no_session_of_before(client, as_staff):
    as_staff("moderators")
    person, other = make.person(), make.person()
    thief, bystander = Client(), Client()
    thief.force_login(person)
    bystander.force_login(other)
    done(client, "person", "close_account", person, reason="Stolen")
    done(client, "person", "reopen_account", person, reason="It is theirs again")
    assert Person.objects.get(pk=person.pk).is_active
    assert thief.get("/me/").status_code == 302
    assert bystander.get("/me/").status_code == 200


def test_data_stewards_do_not_close_accounts(client, as_staff):
    as_staff("data-stewards")
    person = make.person()
    done(client, "person", "close_account", person, reason="x")
    assert Person.objects.get(pk=person.pk).is_active


def test_organisations_are_checked_and_suspended_in_bulk(client, as_staff):
    as_staff("programme-managers")
    rows = [make.organisation(), make.organisation(state="suspended")]
    page = done(client, "organisation", "check_organisation", *rows, reason="Found in the register of clubs")
    assert page.status_code == 302
    assert set(Organisation.objects.values_list("state", flat=True)) == {
        OrganisationState.CHECKED,
        OrganisationState.SUSPENDED,
    }


def request_letter(at):
    person = make.person()
    letter = {"name": "Ada Lind", "born": make.VERIFIED_AT.date(), "address": f"Quay {person.name}"}
    return operations.request_letter(actor=person, area=make.area(), at=at, **letter)


def test_letters_come_out_with_codes_that_work(client, as_staff, at):
    as_staff("data-stewards")
    residency = request_letter(at)
    page = act(client, "residency", "print_letters", residency)
    text = page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert f"Quay {residency.person.name}" in text
    code = re.search(r'letter-code">([\w-]+)<', text).group(1)
    operations.confirm_code(actor=residency.person, code=code, at=at)


def test_what_is_not_waiting_for_a_letter_prints_nothing(client, as_staff, at):
    as_staff("data-stewards")
    waiting, done = request_letter(at), make.residency(make.person())
    page = act(client, "residency", "print_letters", waiting, done)
    assert page.status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == "requested"


def test_auditors_print_nothing(client, as_staff, at):
    as_staff("auditors")
    residency = request_letter(at)
    act(client, "residency", "print_letters", residency)
    residency.refresh_from_db()
    assert residency.state == "requested"


def test_the_desk(client, as_staff):
    as_staff("data-stewards")
    person, area = make.person(), make.area()
    typed = {
        "email": person.email.upper(),
        "name": "Ada Lind",
        "born": "1984-07-31",
        "document": "X1",
        "area": area.pk,
    }
    url = reverse("admin:accounts_residency_desk")
    assert client.get(url).status_code == 200
    missing = client.post(url, typed | {"email": "nobody@example.org"})
    assert missing.status_code == 422
    assert "no account with this address" in missing.content.decode()
    assert client.post(url, typed).status_code == 302
    residency = Residency.objects.get(person=person)
    assert (residency.state, residency.method) == ("verified", "desk")
    assert client.post(url, typed).status_code == 422


@pytest.mark.parametrize("group", ["moderators", "auditors", "programme-managers"])
def test_the_desk_and_the_register_are_for_data_stewards(client, as_staff, group):
    as_staff(group)
    assert client.get(reverse("admin:accounts_residency_desk")).status_code == 403
    assert client.get(reverse("admin:accounts_registryupload_add")).status_code == 403


def test_the_register_is_uploaded_here(client, as_staff):
    as_staff("data-stewards")
    area, url = make.area(), reverse("admin:accounts_registryupload_add")
    good = io.BytesIO(f"name,birth_date,number,area\nAda Lind,1984-07-31,1,{area.slug}\n".encode())
    good.name = "register.csv"
    assert client.get(url).status_code == 200
    figures = client.post(url, {"file": good})
    good.seek(0)
    seen = figures.context["form"].initial["seen"]
    assert client.post(url, {"file": good, "seen": seen}).status_code == 302
    bad = io.BytesIO(b"name,birth_date,number,area\nAda\n")
    bad.name = "register.csv"
    refused = client.post(url, {"file": bad})
    assert refused.status_code == 422
    assert "Line 2" in refused.content.decode()
    assert RegistryEntry.objects.count() == 1


def test_areas_take_real_boundaries_only(client, as_staff):
    as_staff("programme-managers")
    url = reverse("admin:accounts_area_add")
    area = {"name": "Harbour", "slug": "harbour", "position": "0"}
    square = '{"type":"Polygon","coordinates":[[[6.9,53.6],[7.0,53.6],[7.0,53.7],[6.9,53.6]]]}'
    for bad in (
        '{"type":"Point","coordinates":[1,2]}',
        '{"type":"Polygon","coordinates":[[[200,5]]]}',
        "[1]",
        '"x"',
    ):
        assert client.post(url, area | {"boundary": bad}).status_code == 200
    assert client.post(url, area | {"boundary": square}).status_code == 302
    assert events.about(Area.objects.get()).get().kind == "area.added"
    assert client.get("/api/v1/areas/").json()[0]["boundary"]["type"] == "Polygon"


def test_lists_cost_the_same_at_any_length(client, django_assert_max_num_queries, at):
    def fill(count):
        for _ in range(count):
            make.residency(make.person())
            request_letter(at)
            make.organisation()

    def measure():
        found = {}
        for name in LISTS:
            with django_assert_max_num_queries(20) as queries:
                assert client.get(list_url(name)).status_code == 200
            found[name] = len(queries)
        return found

    client.force_login(make.superuser())
    fill(2)
    few = measure()
    fill(10)
    assert measure() == few


def test_nobody_reads_second_steps_or_addresses_of_the_libraries_at_the_desk(client):
    registered = {model._meta.label for model in admin.site._registry}
    assert not {label for label in registered if label.split(".")[0] in ("mfa", "account", "socialaccount")}
    client.force_login(make.superuser())
    for address in ("/admin/mfa/authenticator/", "/admin/account/emailaddress/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("year", ["99999999999", "10000", "0", "-1", "x", "\u0662", "9" * 400])
def test_no_year_fails_in_any_list_that_filters_by_a_moment_s3(client, year):
    client.force_login(make.superuser())
    by_moment = [
        (model._meta, one[0])
        for model, model_admin in admin.site._registry.items()
        for one in [*model_admin.list_filter, (model_admin.date_hierarchy,)]
        if isinstance(model_admin, StaffAdmin)
        and isinstance(one, tuple)
        and one[0]
        and "DateTime" in type(model._meta.get_field(one[0])).__name__
    ]
    assert len(by_moment) > 3
    for meta, column in by_moment:
        answer = client.get(f"/admin/{meta.app_label}/{meta.model_name}/?{column}__year={year}")
        assert answer.status_code in (200, 302, 400), (meta.label, column)

"""Staff actions: asked before they run, told row by row, offered to whom they are permitted."""

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from civic.accounts.models import Organisation, Person
from civic.core import events, staff_actions
from civic.core.admin import StaffAdmin
from civic.core.staff_actions import ReasonForm, StaffAction
from tests.factories import accounts

pytestmark = pytest.mark.django_db
LIST = "/admin/accounts/organisation/"


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(accounts.staff("programme-managers"))
    return client


def chosen(*rows: Organisation, action: str = "check_organisation") -> dict[str, object]:
    return {"action": action, "_selected_action": [row.pk for row in rows]}


def states(*rows: Organisation) -> list[str]:
    return [Organisation.objects.get(pk=row.pk).state for row in rows]


def test_it_asks_before_anything_happens(desk: Client) -> None:
    rows = [accounts.organisation(name="Harbour Rowers"), accounts.organisation(name="<b>Bold</b>")]
    asked = desk.post(LIST, chosen(*rows, action="suspend_organisation"))
    text = asked.content.decode()
    assert asked.status_code == 200
    assert "Harbour Rowers" in text
    assert "&lt;b&gt;Bold" in text
    assert "Nobody acts for a suspended organisation" in text
    assert "Say why" not in text
    assert states(*rows) == ["unchecked"] * 2


def test_what_was_typed_stays_where_something_is_missing(desk: Client) -> None:
    row = accounts.organisation()
    answer = desk.post(LIST, {**chosen(row), "confirmed": "yes", "reason": "x" * 4001})
    assert answer.status_code == 422
    assert "x" * 4001 in answer.content.decode()
    assert "Nothing was changed yet" in answer.content.decode()
    assert states(row) == ["unchecked"]


def test_what_is_done_is_named_in_a_message(desk: Client) -> None:
    rows = [accounts.organisation(name=name) for name in ("Rowers", "Singers & Co")]
    answer = desk.post(
        f"{LIST}?state=unchecked", {**chosen(*rows), "confirmed": "yes", "reason": "In the register"}
    )
    assert answer.headers["Location"] == f"{LIST}?state=unchecked"
    [message] = [str(one) for one in get_messages(answer.wsgi_request)]
    assert "Singers &amp; Co</a>" in message
    assert reverse("admin:accounts_organisation_change", args=[rows[0].pk]) in message
    assert states(*rows) == ["checked", "checked"]
    assert events.about(rows[0]).last().note == "In the register"


def test_a_refusal_is_told_with_its_row_and_the_others_go_on(desk: Client) -> None:
    good, bad = accounts.organisation(name="Good"), accounts.organisation(name="Bad", state="suspended")
    sent = {**chosen(bad, good), "confirmed": "yes", "reason": "Found in the register"}
    page = desk.post(LIST, sent, follow=True)
    text = page.content.decode()
    assert page.redirect_chain[-1][0] == f"{LIST}outcome/"
    assert page.context["done"] == 1
    assert page.context["refused"] == [str(bad.pk)]
    assert reverse("admin:accounts_organisation_change", args=[bad.pk]) in text
    assert "Found in the register" in text
    assert states(good, bad) == ["checked", "suspended"]
    assert desk.get(f"{LIST}outcome/").context["done"] == 1
    assert events.about(good).count() == 1


@pytest.mark.django_db(transaction=True)  # each row in a transaction of its own, as at the desk
def test_a_row_that_breaks_is_told_and_the_others_go_on_1127_oc6(desk: Client) -> None:
    """One row that the database refused ended the whole batch with an error page: nobody knew what was done."""
    rows = [accounts.organisation(name=name) for name in ("First", "Broken", "Last")]
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE accounts_organisation ADD CHECK (name <> 'Broken' OR state = 'unchecked')"
        )
    page = desk.post(LIST, {**chosen(*rows), "confirmed": "yes", "reason": "In the register"}, follow=True)
    assert page.context["done"] == 2
    assert page.context["refused"] == [str(rows[1].pk)]
    assert "Something broke on our side" in page.content.decode()
    assert states(*rows) == ["checked", "unchecked", "checked"]


def test_the_refused_ones_are_tried_again_with_what_was_typed(desk: Client) -> None:
    bad = accounts.organisation(state="suspended")
    desk.post(LIST, {**chosen(bad), "confirmed": "yes", "reason": "Typed once"})
    again = desk.post(LIST, {**chosen(bad), "reason": "Typed once"}).content.decode()
    assert "Typed once</textarea>" in again


def test_the_outcome_is_for_the_list_it_is_about_and_for_who_may_see_it(desk: Client) -> None:
    assert desk.get(f"{LIST}outcome/").headers["Location"] == LIST
    desk.post(LIST, {**chosen(accounts.organisation(state="suspended")), "confirmed": "yes", "reason": "x"})
    assert desk.get("/admin/accounts/area/outcome/").headers["Location"] == "/admin/accounts/area/"
    assert desk.get("/admin/accounts/person/outcome/").status_code == 403


def test_a_row_that_left_the_filter_meanwhile_is_told_and_not_passed_over(desk: Client) -> None:
    row = accounts.organisation(state="suspended")
    sent = {**chosen(row), "confirmed": "yes", "reason": "x"}
    desk.post(f"{LIST}?state__exact=unchecked", sent)
    assert desk.get(f"{LIST}outcome/").context["refused"] == [str(row.pk)]


def test_too_many_rows_at_once_are_refused_whole(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staff_actions, "MOST_ROWS", 2)
    rows = [accounts.organisation() for _ in range(4)]
    all_of_them = {**chosen(rows[0]), "select_across": "1"}
    assert "At most 2 rows" in desk.post(LIST, all_of_them, follow=True).content.decode()
    sent = {**chosen(*rows), "confirmed": "yes", "reason": "x"}
    refused = desk.post(LIST, sent, follow=True).content.decode()
    assert "At most 2 rows" in refused
    assert "not there any more" not in refused
    assert states(*rows) == ["unchecked"] * 4


def test_all_that_fit_the_filter_are_asked_for_by_name(desk: Client) -> None:
    fitting, other = (
        accounts.organisation(name="Fitting"),
        accounts.organisation(name="Other", state="checked"),
    )
    page = desk.post(f"{LIST}?state__exact=unchecked", {**chosen(fitting), "select_across": "1"})
    assert str(fitting.pk) in page.content.decode()
    assert str(other.pk) not in page.content.decode()


def test_asking_costs_the_same_for_many_rows(desk: Client) -> None:
    counts = []
    for size in (1, 1, 12):
        sent = chosen(*[accounts.organisation() for _ in range(size)])
        with CaptureQueriesContext(connection) as asked:
            desk.post(LIST, sent)
        counts.append(len(asked))
    assert counts[1] == counts[2] <= 8


def test_a_reason_can_be_required_optional_or_none() -> None:
    def operation() -> None: ...

    made = {
        need: StaffAction(operation, "x", "x", permission=("keep", "books"), reason=need)  # type: ignore[arg-type]
        for need in ("required", "optional", "none")
    }
    assert made["required"].form.base_fields["reason"]
    assert not made["required"].form({"reason": " "}).is_valid()
    assert made["optional"].form({}).is_valid()
    assert not issubclass(made["none"].form, ReasonForm)


def test_nobody_is_offered_what_they_may_not_do() -> None:
    """Auditors see every list of ours and are offered nothing at all; administrators are offered everything."""
    offered: dict[str, dict[str, list[str]]] = {"auditor": {}, "administrator": {}}
    people = {"auditor": accounts.staff("auditors"), "administrator": accounts.superuser()}
    for who, person in people.items():
        request = RequestFactory().get("/admin/")
        request.user = Person.objects.get(pk=person.pk)
        for model, desk in admin.site._registry.items():
            if isinstance(desk, StaffAdmin):
                offered[who][model._meta.label] = list(desk.get_actions(request))
    assert {label: names for label, names in offered["auditor"].items() if names} == {}
    assert sum(map(len, offered["administrator"].values())) > 40


def test_a_row_that_can_not_be_is_refused_and_nothing_breaks(desk: Client) -> None:
    for key in ("x", "1", "' OR 1=1", "\x00"):
        posted = {"action": "check_organisation", "_selected_action": [key]}
        assert desk.post(LIST, posted).status_code == 400


def test_rows_that_are_gone_are_told(desk: Client) -> None:
    row, gone = accounts.organisation(), accounts.organisation()
    posted = {**chosen(row, gone), "confirmed": "yes", "reason": "In the register"}
    gone.delete()
    answer = desk.post(LIST, posted)
    assert "1 row is not there any more." in [str(one) for one in get_messages(answer.wsgi_request)]
    assert states(row) == ["checked"]
    only = {**posted, "_selected_action": posted["_selected_action"][1:]}
    told = [str(one) for one in get_messages(desk.post(LIST, only).wsgi_request)]
    assert told[-1:] == ["1 row is not there any more."]

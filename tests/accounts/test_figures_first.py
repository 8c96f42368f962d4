"""What the desk does to many at once says how many before it is done: letters, and the register (OC9)."""

import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from civic.accounts import operations
from civic.accounts.models import RegistryEntry, Residency
from civic.core import clock
from tests.factories import accounts as make
from tests.visiting import with_password

pytestmark = pytest.mark.django_db
LETTERS, REGISTER = "admin:accounts_residency_changelist", "admin:accounts_registryupload_add"


@pytest.fixture
def steward() -> Client:
    return with_password(Client(), make.staff("data-stewards"))


def asked(name: str) -> Residency:
    facts = {"name": name, "born": date(1984, 7, 31), "address": f"Quay {name}"}
    return operations.request_letter(actor=make.person(), area=make.area(), at=clock.now(), **facts)


def printed(client: Client, *rows: Residency, **more: str) -> str:
    chosen = {"action": "print_letters", "_selected_action": [str(row.pk) for row in rows], **more}
    return client.post(reverse(LETTERS), chosen).content.decode()


def test_letters_in_the_post_are_counted_before_their_codes_stop_1127_oc9(steward: Client) -> None:
    first, second = asked("Ada"), asked("Bela")
    assert "letter-code" in printed(steward, first)
    code = Residency.objects.get(pk=first.pk).code_hash
    page = printed(steward, first, second)
    assert "Of the 2 letters 1 is in the post already" in page
    assert "letter-code" not in page
    assert Residency.objects.get(pk=first.pk).code_hash == code
    assert printed(steward, first, second, confirmed="yes").count("letter-code") == 2
    assert Residency.objects.get(pk=first.pk).code_hash != code


def test_a_found_session_prints_no_codes_1127_at10() -> None:
    row, client = asked("Ada"), Client()
    client.force_login(make.staff("data-stewards"))
    assert "letter-code" not in printed(client, row)
    row.refresh_from_db()
    assert row.state == "requested"


def upload(client: Client, residents: int, **more: Any) -> str:
    slug = make.area().slug
    rows = [f"Ada {number},1984-07-31,{number},{slug}\n" for number in range(residents)]
    file = io.BytesIO("".join(["name,birth_date,number,area\n", *rows]).encode())
    file.name = "register.csv"
    return client.post(reverse(REGISTER), {"file": file, **more}, follow=True).content.decode()


def test_the_register_says_its_figures_before_it_is_replaced_1127_oc9(steward: Client) -> None:
    assert "The register is replaced" in upload(steward, 3)
    page = upload(steward, 1)
    assert "has 3 residents now, and your file has 1" in page
    assert '<input type="hidden" name="lines" value="1"' in page
    assert RegistryEntry.objects.count() == 3
    assert "it has 2 residents, and yours had 1" in upload(steward, 2, lines="1")
    assert RegistryEntry.objects.count() == 3
    assert "The register is replaced" in upload(steward, 1, lines="1")
    assert RegistryEntry.objects.count() == 1


def test_a_bad_line_is_said_before_any_figure_1127_oc9(steward: Client) -> None:
    upload(steward, 2)
    bad = io.BytesIO(b"name,birth_date,number,area\nAda\n")
    bad.name = "register.csv"
    assert "Line 2" in steward.post(reverse(REGISTER), {"file": bad}).content.decode()


def test_ending_a_confirmation_says_which_verb_is_for_others_papers_1127_ax4(steward: Client) -> None:
    made = make.residency(make.person())
    chosen = {"action": "reject_residency", "_selected_action": [str(made.pk)]}
    page = steward.post(reverse(LETTERS), chosen).content.decode()
    assert "Then choose “End a confirmation with somebody else’s papers”" in " ".join(page.split())

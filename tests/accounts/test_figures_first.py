"""What the desk does to many at once says how many before it is done: letters, and the register (OC9)."""

import io
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from civic.accounts import operations
from civic.accounts.models import Area, RegistryEntry, Residency
from civic.core import clock
from civic.core.errors import Conflict
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
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen
    assert printed(steward, first, second, confirmed="yes", seen=seen[1]).count("letter-code") == 2
    again = Residency.objects.get(pk=first.pk).code_hash
    assert again != code
    # Who loads the printed letters anew sends the same once more, and is asked again.
    page = printed(steward, first, second, confirmed="yes", seen=seen[1])
    assert "Of the 2 letters 2 are in the post already" in page
    assert Residency.objects.get(pk=first.pk).code_hash == again


def test_one_letter_that_is_printed_again_is_not_printed_a_third_time_unasked_1127_ay11(
    steward: Client,
) -> None:
    row = asked("Ada")
    printed(steward, row)
    seen = re.search(r'name="seen" value="([^"]+)"', printed(steward, row))
    assert seen
    assert "letter-code" in printed(steward, row, confirmed="yes", seen=seen[1])
    code = Residency.objects.get(pk=row.pk).code_hash
    assert "letter-code" not in printed(steward, row, confirmed="yes", seen=seen[1])
    assert Residency.objects.get(pk=row.pk).code_hash == code


def test_a_found_session_prints_no_codes_1127_at10() -> None:
    row, client = asked("Ada"), Client()
    client.force_login(make.staff("data-stewards"))
    assert "letter-code" not in printed(client, row)
    row.refresh_from_db()
    assert row.state == "requested"


def extract(residents: int, first: int = 0) -> io.BytesIO:
    area = Area.objects.first() or make.area()
    rows = [f"Ada {number},1984-07-31,{number},{area.slug}\n" for number in range(first, first + residents)]
    file = io.BytesIO("".join(["name,birth_date,number,area\n", *rows]).encode())
    file.name = "register.csv"
    return file


def upload(client: Client, residents: int, first: int = 0, **more: Any) -> str:
    file = extract(residents, first)
    return client.post(reverse(REGISTER), {"file": file, **more}, follow=True).content.decode()


def figures(client: Client, residents: int, **more: Any) -> tuple[str, str]:
    """The page that says them, and what it is sent back with."""
    page = upload(client, residents, **more)
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found, page
    return page, found[1]


def replaced(client: Client, residents: int) -> None:
    _page, seen = figures(client, residents)
    assert "The register is replaced" in upload(client, residents, seen=seen)


def test_the_register_says_its_figures_before_it_is_replaced_1127_oc9(steward: Client) -> None:
    page, seen = figures(steward, 3)
    assert "in the register now: 0. In your file: 3" in page
    assert not RegistryEntry.objects.exists()
    assert "The register is replaced" in upload(steward, 3, seen=seen)
    page, seen = figures(steward, 1)
    assert "in the register now: 3. In your file: 1" in page
    assert RegistryEntry.objects.count() == 3
    page, other = figures(steward, 2, seen=seen)
    assert "This is another file than before" in page
    assert "In your file: 2" in page
    assert RegistryEntry.objects.count() == 3
    assert "The register is replaced" in upload(steward, 2, seen=other)
    assert RegistryEntry.objects.count() == 2


def test_a_file_of_as_many_residents_is_another_one_1127_ay10(steward: Client) -> None:
    replaced(steward, 3)
    _page, seen = figures(steward, 1)
    assert "another file" in figures(steward, 1, first=7, seen=seen)[0]
    assert RegistryEntry.objects.count() == 3


def test_a_register_that_was_replaced_meanwhile_is_asked_of_again_1127_ay10(steward: Client) -> None:
    replaced(steward, 3)
    _page, seen = figures(steward, 2)
    replaced(steward, 9)
    page, _new = figures(steward, 2, seen=seen)
    assert "in the register now: 9" in page
    with pytest.raises(Conflict):
        operations.upload_registry(
            actor=make.staff("data-stewards"), file=extract(2), at=clock.now(), seen=seen
        )
    assert RegistryEntry.objects.count() == 9


def test_a_bad_line_is_said_before_any_figure_1127_oc9(steward: Client) -> None:
    replaced(steward, 2)
    bad = io.BytesIO(b"name,birth_date,number,area\nAda\n")
    bad.name = "register.csv"
    assert "Line 2" in steward.post(reverse(REGISTER), {"file": bad}).content.decode()


def test_ending_a_confirmation_says_which_verb_is_for_others_papers_1127_ax4(steward: Client) -> None:
    made = make.residency(make.person())
    chosen = {"action": "reject_residency", "_selected_action": [str(made.pk)]}
    page = steward.post(reverse(LETTERS), chosen).content.decode()
    assert "Then choose “End a confirmation with somebody else’s papers”" in " ".join(page.split())

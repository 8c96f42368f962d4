"""The pages: telling of something, looking at it, and that what is typed is not lost."""

import pytest
from django.urls import reverse

from civic.accounts import groups
from datasets.reuses.models import Reuse
from tests.factories import accounts, catalogue, reuses
from tests.visiting import hidden, statements, text_of, visitor

pytestmark = pytest.mark.django_db


def form(token: str, **more: str) -> dict[str, str]:
    said = reuses.said()
    known = {"kind": said.kind, "title": said.title, "description": said.description, "address": said.address}
    return {**known, "token": token, **more}


def test_a_map_goes_from_a_form_to_the_page_of_its_data() -> None:
    used, other = reuses.dataset(), reuses.dataset(title="Benches")
    builder = visitor(accounts.person(name="Mara"))
    page = f"/data/{used.slug}/reuses/new/"
    assert page in visitor().get(used.get_absolute_url()).content.decode()
    token = hidden(builder.get(page), "token")
    others = f"https://testserver{other.get_absolute_url()}\n{used.slug}\n"
    sent = builder.post(page, form(token, others=others))
    made = Reuse.objects.get()
    assert sent["Location"] == made.get_absolute_url()
    assert {*made.datasets.all()} == {used, other}
    assert visitor().get(made.get_absolute_url()).status_code == 404
    assert "Waits for a data steward" in text_of(builder, made.get_absolute_url())
    steward = accounts.staff(groups.DATA_STEWARDS)
    assert "1 proposal of what is built with data waits for you" in text_of(visitor(steward), "/me/")
    desk = visitor(steward).get(reverse("admin:reuses_reuse_changelist")).content.decode()
    assert made.address in desk
    reuses.operations.approve(actor=steward, reuse=made, at=made.proposed_at)
    for dataset in (used, other):
        assert made.title in text_of(visitor(), dataset.get_absolute_url())
    content = visitor().get(made.get_absolute_url()).content.decode()
    assert f'href="{made.address}" rel="nofollow ugc noopener noreferrer"' in content
    assert "Mara" in content
    assert made.title in text_of(builder, "/me/")
    asked = builder.get(f"{made.get_absolute_url()}withdraw/")
    assert asked.status_code == 200
    builder.post(f"{made.get_absolute_url()}withdraw/")
    assert visitor().get(made.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"address": "nowhere"}, "Give the whole address, such as"),
        ({"address": "https://a@b.example/"}, "without a name or password"),
        ({"others": "/data/no-such-table/"}, "“/data/no-such-table/” is not the address of a dataset"),
        ({"others": "x" * 400}, "is not the address of a dataset"),
        ({"title": ""}, "This field is required"),
    ],
)
def test_what_was_typed_comes_back_with_what_is_wrong(wrong: dict[str, str], said: str) -> None:
    used = reuses.dataset()
    builder, page = visitor(accounts.person()), f"/data/{used.slug}/reuses/new/"
    answer = builder.post(page, form(hidden(builder.get(page), "token"), **wrong))
    assert answer.status_code == 422
    content = answer.content.decode()
    assert said in content
    assert reuses.said().description in content
    assert not Reuse.objects.exists()


def test_a_draft_has_no_form_and_tells_nobody_of_itself() -> None:
    draft = catalogue.dataset()
    page = f"/data/{draft.slug}/reuses/new/"
    assert visitor(accounts.person()).get(page).status_code == 404
    own = visitor(catalogue.writer(draft))
    assert "Only what is published can be reused." in text_of(own, page)
    sent = own.post(page, form("0193a3d5-0000-7000-8000-000000000000"))
    assert sent.status_code == 422
    assert not Reuse.objects.exists()


def test_the_list_is_narrowed_and_costs_the_same_at_two_sizes() -> None:
    used, other = reuses.dataset(), reuses.dataset(title="Benches")
    reuses.shown(used)
    pages = ("/data/reuses/", "/api/v1/reuses/", used.get_absolute_url())
    before = {page: statements(visitor(), page) for page in pages}
    for number in range(6):
        reuses.shown(used, reuses.dataset(title=f"Table {number}"), kind="article", title=f"Essay {number}")
    assert {page: statements(visitor(), page) for page in pages} == before
    assert "Every tree" not in text_of(visitor(), "/data/reuses/?kind=article")
    assert "Essay 3" in text_of(visitor(), "/data/reuses/?kind=article")
    assert "See all" in text_of(visitor(), used.get_absolute_url())
    assert "Essay 3" not in text_of(visitor(), f"/data/reuses/?kind=article&dataset={other.slug}")
    found = visitor().get("/api/v1/reuses/?kind=map&dataset=" + used.slug).json()["results"]
    assert [one["title"] for one in found] == [reuses.said().title]
    assert found[0]["datasets"] == [used.slug]
    assert visitor().get("/api/v1/reuses/?kind=thing").status_code == 400

"""The pages about delivery: what everybody reads, and the way of a milestone through forms."""

from typing import Any
from uuid import uuid4

import pytest

from projects.delivery.models import Evidence, Milestone
from projects.delivery.states import MilestoneState
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import accounts, delivery
from tests.visiting import statements, text_of, visitor

pytestmark = pytest.mark.django_db

State = MilestoneState


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def rows(*shares: str) -> dict[str, Any]:
    sent: dict[str, Any] = {"part-TOTAL_FORMS": len(shares) + 1, "part-INITIAL_FORMS": 0}
    for n, share in enumerate(shares):
        sent |= {
            f"part-{n}-title": f"Part {n}",
            f"part-{n}-promise": "It stands",
            f"part-{n}-share": share,
            f"part-{n}-due_on": f"2026-09-{n + 1:02}",
        }
    return sent


def test_a_plan_is_made_and_a_wrong_one_comes_back_as_typed() -> None:
    project = delivery.project(ProjectState.FUNDED)
    team, page = visitor(project.author), f"/projects/{project.slug}/delivery/plan/"
    wrong = team.post(page, rows("33.33", "33.33"))
    assert wrong.status_code == 422
    assert "66.66" in wrong.content.decode()
    assert 'value="33.33"' in wrong.content.decode()
    half = team.post(page, rows("100") | {"part-0-title": ""})
    assert half.status_code == 422
    assert "empty the whole row" in half.content.decode()
    assert team.post(page, rows("33.33", "33.33", "33.34")).status_code == 302
    assert sorted(Milestone.objects.values_list("share_bp", flat=True)) == [3333, 3333, 3334]
    assert 'value="33.34"' in text_of(team, page)
    assert visitor(accounts.person()).get(page).status_code == 403


def test_a_milestone_goes_its_way_through_the_pages() -> None:
    one = delivery.milestone()
    team, city = visitor(one.project.author), visitor(accounts.staff("programme-managers"))
    page = one.get_absolute_url()
    assert team.post(f"{page}step/", {"verb": "start"}).status_code == 302
    assert "Add evidence first" in text_of(team, page)
    refused = team.post(f"{page}evidence/", {"file": delivery.upload(b"MZ", "x.exe"), "text": "My proof"})
    assert refused.status_code == 422
    assert "My proof" in refused.content.decode()
    sent = {"file": delivery.upload(), "text": "The invoice"}
    assert team.post(f"{page}evidence/", sent).status_code == 302
    assert team.post(f"{page}step/", {"verb": "submit"}).status_code == 302
    assert city.post(f"{page}step/", {"verb": "return", "reason": ""}).status_code == 422
    assert city.post(f"{page}step/", {"verb": "return", "reason": "Too dark"}).status_code == 302
    assert "Too dark" in text_of(visitor(), page)
    assert "The invoice" in text_of(visitor(), page)
    listed = visitor().get(f"/api/v1/projects/{one.project.slug}/milestones/").json()["results"]
    assert [shown["text"] for shown in listed[0]["evidence"]] == ["The invoice"]
    kept = visitor().get(Evidence.objects.get().file.url)
    assert kept.headers["Content-Disposition"].startswith("attachment")
    assert team.post(f"{page}step/", {"verb": "submit"}).status_code == 302
    assert "Accept" not in text_of(team, page)
    assert city.post(f"{page}step/", {"verb": "accept", "reason": "Seen"}).status_code == 302
    assert Milestone.objects.get(pk=one.pk).state == State.ACCEPTED


@pytest.mark.parametrize("verb", ["accept", "return", "submit", "nonsense"])
def test_strangers_take_no_step(verb: str) -> None:
    one = delivery.milestone(State.SUBMITTED)
    answer = visitor(accounts.person()).post(f"{one.get_absolute_url()}step/", {"verb": verb, "reason": "x"})
    assert answer.status_code in (404, 422)
    assert Milestone.objects.get(pk=one.pk).state == State.SUBMITTED
    assert visitor().post(f"{one.get_absolute_url()}step/", {"verb": verb}).status_code == 302


def test_evidence_can_be_removed_while_the_team_works_on_it() -> None:
    one = delivery.milestone(State.IN_PROGRESS)
    address = f"{one.get_absolute_url()}evidence/{delivery.evidence(one).pk}/remove/"
    assert visitor(accounts.person()).post(address).status_code == 403
    assert visitor(one.project.author).post(address).status_code == 302
    assert not Evidence.objects.exists()


def test_the_steward_begins_and_ends_the_work_on_its_page() -> None:
    project = delivery.project(ProjectState.FUNDED)
    delivery.milestones(project)
    city, base = visitor(accounts.staff("programme-managers")), f"/projects/{project.slug}/delivery/"
    assert "Let the work begin" in text_of(city, base)
    assert "Let the work begin" not in text_of(visitor(project.author), base)
    assert city.post(f"{base}step/", {"verb": "start_delivery"}).status_code == 302
    answer = city.post(f"{base}step/", {"verb": "complete"})
    assert answer.status_code == 422
    assert "Not every milestone" in answer.content.decode()
    assert city.post(f"{base}step/", {"verb": "fail", "reason": "Flood"}).status_code == 302
    assert Project.objects.get().state == ProjectState.FAILED


def test_news_is_posted_and_read_by_everybody_as_text() -> None:
    project = delivery.project()
    base, team = f"/projects/{project.slug}/delivery/", visitor(project.author)
    typed = {"title": "<b>Trees</b>", "text": "", "token": str(uuid4())}
    assert team.post(f"{base}update/", typed).status_code == 422
    assert team.post(f"{base}update/", typed | {"text": "<script>x</script>"}).status_code == 302
    for address in (base, project.get_absolute_url()):
        content = text_of(visitor(), address)
        assert "&lt;b&gt;Trees" in content
        assert "<script>x" not in content
    assert visitor(accounts.person()).get(f"{base}update/").status_code == 403


def test_the_picture_of_the_plan_says_what_its_words_say() -> None:
    project = delivery.project()
    first, second = delivery.milestones(project, 3_750, 6_250)
    Milestone.objects.filter(pk=first.pk).update(state=State.ACCEPTED)
    for address in (project.get_absolute_url(), f"/projects/{project.slug}/delivery/"):
        content = text_of(visitor(), address)
        assert 'aria-label="Accepted by the city: 37.5 %"' in content
        assert "37.5 % of the plan" in content
        assert '<svg x="0.00%" width="37.50%"' in content
        assert '<svg x="37.50%" width="62.50%"' in content
        for one in (first, second):
            assert one.share in content
    listed = visitor().get(f"/api/v1/projects/{project.slug}/milestones/").json()["results"]
    assert [(one["number"], one["share_bp"]) for one in listed] == [(1, 3_750), (2, 6_250)]


def test_overdue_is_said_where_people_look(clock_at: Any) -> None:
    one = delivery.milestone()
    clock_at.move_to("2027-01-01T00:00:00Z")
    slug = one.project.slug
    for address in (one.get_absolute_url(), f"/projects/{slug}/", f"/projects/{slug}/delivery/"):
        assert "overdue" in text_of(visitor(), address).lower()
    assert visitor().get(f"/api/v1/projects/{slug}/milestones/").json()["results"][0]["overdue"] is True


def test_a_project_that_is_not_public_shows_nothing_of_its_delivery() -> None:
    one = delivery.milestone(made=delivery.project(hidden_for="insult"))
    slug = one.project.slug
    for address in (
        one.get_absolute_url(),
        f"/projects/{slug}/delivery/",
        f"/api/v1/projects/{slug}/milestones/",
        f"/api/v1/projects/{slug}/updates/",
    ):
        assert visitor().get(address).status_code == 404


def test_the_queue_answers_with_reasons_and_others_only_read() -> None:
    one = delivery.milestone(State.SUBMITTED)
    sent = {"action": "accept", "_selected_action": str(one.pk), "reason": "Seen on site", "confirmed": "yes"}
    page = "/admin/delivery/milestone/"
    for group in ("auditors", "finance-officers"):
        reader = visitor(accounts.staff(group))
        assert reader.get(page).status_code == 200
        reader.post(page, sent)
        assert Milestone.objects.get(pk=one.pk).state == State.SUBMITTED
    visitor(accounts.staff("programme-managers")).post(page, sent)
    assert Milestone.objects.get(pk=one.pk).state == State.ACCEPTED
    assert visitor(accounts.staff("moderators")).get(page).status_code == 403


@pytest.mark.parametrize(("who", "most"), [("stranger", 8), ("author", 14)])
def test_pages_ask_the_same_number_of_questions_at_two_sizes(who: str, most: int) -> None:
    counts: dict[str, list[int]] = {"progress": [], "milestone": [], "news": [], "plan": []}
    for size in (1, 10):
        project = delivery.project()
        plan = delivery.milestones(project, *[10_000 // size] * size, state=State.IN_PROGRESS)
        for _ in range(size):
            delivery.update(project, author=accounts.person())
            delivery.evidence(plan[0])
        client = visitor(project.author if who == "author" else None)
        client.get("/")
        counts["progress"].append(statements(client, f"/projects/{project.slug}/delivery/"))
        counts["milestone"].append(statements(client, plan[0].get_absolute_url()))
        counts["news"].append(statements(client, f"/api/v1/projects/{project.slug}/updates/"))
        counts["plan"].append(statements(client, f"/api/v1/projects/{project.slug}/milestones/"))
    for first, second in counts.values():
        assert first == second <= most


def test_an_outsider_is_told_that_it_is_not_theirs_before_the_state_26_a17() -> None:
    one = delivery.milestone(State.ACCEPTED)
    address = f"{one.get_absolute_url()}evidence/{delivery.evidence(one).pk}/remove/"
    assert visitor(accounts.person()).post(address).status_code == 403

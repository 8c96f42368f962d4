"""Reports, decisions with reasons, appeals by somebody else."""

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail as django_mail
from django.db import IntegrityError, connections, transaction

from civic.accounts import mail
from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from civic.core.models import Event
from civic.notifications import outbox
from civic.notifications.models import Notification
from projects.discussion import limits
from projects.discussion.models import Comment, ModerationCase, Report
from projects.discussion.models.moderation import APPEAL_TERM
from projects.discussion.operations import moderation
from projects.discussion.operations.comments import delete_comment, edit_comment
from projects.discussion.operations.moderation import report
from projects.discussion.rules import Category
from projects.discussion.states import CaseState
from projects.proposals.models import Project
from tests.factories import accounts, discussion, proposals

MINUTE = timedelta(minutes=1)


def insult(thing: Comment | Project, at: datetime, actor: Person | None = None, **how: str) -> Report:
    return report(actor=actor, thing=thing, category=Category.INSULT, text="", at=at, **how)


@pytest.mark.django_db
def test_reports_of_one_thing_are_one_case(at: datetime) -> None:
    comment = discussion.comment()
    made = [insult(comment, at, accounts.person()) for _ in range(3)]
    made.append(insult(comment, at, email="Ada@example.org", origin="o"))
    assert len({one.case_id for one in made}) == 1
    again = insult(comment, at, email="ada@example.org", origin="o")
    assert again == made[-1]


@pytest.mark.django_db
def test_a_report_names_a_house_rule_whatever_writes_it(at: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        report(actor=accounts.person(), thing=discussion.comment(), category="nonsense", text="", at=at)
    assert "category" in refused.value.fields
    case = discussion.case(at=at)
    for rows in (case.reports.all(), ModerationCase.objects.filter(pk=case.pk)):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(category="nonsense")


@pytest.mark.django_db(transaction=True)
def test_reporting_many_times_at_once_is_one_report_and_one_case(at: datetime) -> None:
    comment, actor, others = discussion.comment(), accounts.person(), [accounts.person() for _ in range(6)]

    def press(who: Person) -> None:
        try:
            insult(comment, at, who)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(press, [actor] * 10 + others))
    assert ModerationCase.objects.count() == 1
    assert Report.objects.count() == 7


@pytest.mark.django_db
def test_without_an_account_an_address_is_needed_and_reports_are_limited(at: datetime) -> None:
    with pytest.raises(Invalid):
        insult(discussion.comment(), at)
    for number in range(limits.SIGNED_OUT_REPORTS[0]):
        insult(discussion.comment(), at, email=f"a{number}@example.org", origin="one place")
    with pytest.raises(limits.TooMany):
        insult(discussion.comment(), at, email="b@example.org", origin="one place")
    insult(discussion.comment(), at, email="b@example.org", origin="another place")


@pytest.mark.django_db(transaction=True)
def test_the_limit_holds_for_many_signed_out_reports_at_once(at: datetime) -> None:
    comments = [discussion.comment() for _ in range(16)]

    def press(comment: Comment) -> bool:
        try:
            insult(comment, at, email=f"{comment.pk}@example.org", origin="one place")
        except limits.TooMany:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(press, comments)) == limits.SIGNED_OUT_REPORTS[0]


@pytest.mark.django_db
def test_strangers_see_no_case(at: datetime) -> None:
    discussion.hidden(at=at)
    assert not ModerationCase.objects.visible_to(AnonymousUser()).exists()


@pytest.mark.django_db
def test_what_is_gone_cannot_be_reported(at: datetime) -> None:
    comment = discussion.comment(at=at)
    delete_comment(actor=comment.author, comment=comment, at=at)
    with pytest.raises(Conflict):
        insult(comment, at, accounts.person())


@pytest.mark.django_db
def test_the_case_keeps_the_text_as_it_was_reported(at: datetime) -> None:
    comment = discussion.comment(at=at, body="You fool")
    case = discussion.case(comment, at=at)
    edit_comment(actor=comment.author, comment=comment, body="Dear friend", at=at)
    case.refresh_from_db()
    assert case.quoted == "You fool"


@pytest.mark.django_db
def test_hiding_takes_the_text_away_and_says_why(at: datetime) -> None:
    comment = discussion.comment()
    case = discussion.hidden(comment, at=at)
    comment.refresh_from_db()
    assert (comment.hidden_for, comment.is_shown) == (Category.INSULT, False)
    event = Event.objects.get(kind="moderation.hidden")
    assert (event.note, event.payload["category"]) == ("It calls Ada names.", Category.INSULT)
    case.refresh_from_db()
    assert (case.state, case.facts, case.decided_at) == (CaseState.HIDDEN, "It calls Ada names.", at)


@pytest.mark.django_db
def test_a_hidden_project_is_not_public(at: datetime) -> None:
    project = proposals.project()
    discussion.hidden(project, at=at)
    assert not Project.objects.public().filter(pk=project.pk).exists()
    assert Project.objects.visible_to(project.author).filter(pk=project.pk).exists()


@pytest.mark.django_db
def test_a_decision_needs_a_moderator_a_rule_and_reasons(at: datetime) -> None:
    case, moderator = discussion.case(at=at), discussion.moderator()
    for nobody in (accounts.person(), accounts.staff("programme-managers"), case.author):
        with pytest.raises(Forbidden):
            moderation.keep(actor=nobody, case=case, facts="Fine", at=at)
    with pytest.raises(Invalid):
        moderation.hide(actor=moderator, case=case, category=Category.SPAM, facts="  ", at=at)
    with pytest.raises(Invalid):
        moderation.hide(actor=moderator, case=case, category="whim", facts="No", at=at)
    case.refresh_from_db()
    assert case.state == CaseState.REPORTED


@pytest.mark.django_db
def test_moderators_do_not_decide_about_themselves(at: datetime) -> None:
    moderator = discussion.moderator()
    case = discussion.case(discussion.comment(author=moderator), at=at)
    with pytest.raises(Forbidden):
        moderation.keep(actor=moderator, case=case, facts="Fine", at=at)


@pytest.mark.django_db(transaction=True)
def test_two_moderators_decide_once(at: datetime) -> None:
    case, moderators = discussion.case(at=at), [discussion.moderator() for _ in range(8)]

    def decide(who: Person) -> bool:
        mine = ModerationCase.objects.get(pk=case.pk)
        try:
            if moderators.index(who) % 2:
                moderation.keep(actor=who, case=mine, facts="Fine", at=at)
            else:
                moderation.hide(actor=who, case=mine, category=Category.SPAM, facts="Advertises", at=at)
        except IllegalTransition:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(8) as pool:
        won = [who for who, first in zip(moderators, pool.map(decide, moderators), strict=True) if first]
    case.refresh_from_db()
    comment = Comment.objects.get()
    assert [case.decided_by] == won
    assert case.decision == case.state
    assert bool(comment.hidden_for) == (case.state == CaseState.HIDDEN)


@pytest.mark.django_db
def test_editing_takes_out_the_breach_and_can_be_undone(at: datetime) -> None:
    comment = discussion.comment(body="Good idea. Call Ada on 555.")
    case = discussion.case(comment, at=at)
    moderation.edit(
        actor=discussion.moderator(),
        case=case,
        category=Category.PRIVATE,
        facts="A number",
        text="Good idea.",
        at=at,
    )
    comment.refresh_from_db()
    assert (comment.body, comment.edited_at) == ("Good idea.", at)
    moderation.appeal(actor=comment.author, case=case, text="It is my own number", at=at)
    moderation.decide(actor=discussion.moderator(), case=case, verb="overturn", facts="It is", at=at)
    comment.refresh_from_db()
    assert comment.body == "Good idea. Call Ada on 555."


@pytest.mark.django_db
def test_only_the_author_appeals_what_was_hidden_once_and_in_time(at: datetime) -> None:
    case = discussion.hidden(at=at)
    reporter = case.reports.get().reporter
    for other in (accounts.person(), reporter, discussion.moderator()):
        with pytest.raises(Forbidden):
            moderation.appeal(actor=other, case=case, text="No", at=at)
    with pytest.raises(Forbidden):
        moderation.appeal(actor=case.author, case=case, text="No", at=at + APPEAL_TERM)
    moderation.appeal(actor=case.author, case=case, text="I meant myself", at=at + APPEAL_TERM - MINUTE)
    with pytest.raises(Forbidden):
        moderation.appeal(actor=case.author, case=case, text="Again", at=at)


@pytest.mark.django_db
def test_a_reporter_appeals_what_was_kept(at: datetime) -> None:
    comment = discussion.comment()
    case = discussion.case(comment, at=at)
    reporter = case.reports.get().reporter
    moderation.keep(actor=discussion.moderator(), case=case, facts="Harsh but fair", at=at)
    with pytest.raises(Forbidden):
        moderation.appeal(actor=comment.author, case=case, text="?", at=at)
    moderation.appeal(actor=reporter, case=case, text="It names me", at=at)
    moderation.decide(actor=discussion.moderator(), case=case, verb="overturn", facts="It does", at=at)
    comment.refresh_from_db()
    assert comment.hidden_for == Category.INSULT


@pytest.mark.django_db
def test_an_appeal_is_decided_by_another_moderator(at: datetime) -> None:
    first = discussion.moderator()
    comment = discussion.comment()
    case = discussion.hidden(comment, at=at, by=first)
    moderation.appeal(actor=comment.author, case=case, text="I meant myself", at=at)
    with pytest.raises(Forbidden):
        moderation.decide(actor=first, case=case, verb="overturn", facts="Hm", at=at)
    moderation.decide(actor=discussion.moderator(), case=case, verb="overturn", facts="Quite so", at=at)
    comment.refresh_from_db()
    case.refresh_from_db()
    assert (comment.is_shown, case.state) == (True, CaseState.OVERTURNED)


@pytest.mark.django_db
def test_the_database_refuses_the_same_person_twice(at: datetime) -> None:
    case = discussion.hidden(at=at)
    with pytest.raises(IntegrityError, match="case_reviewed_by_another"), transaction.atomic():
        ModerationCase.objects.filter(pk=case.pk).update(reviewed_by=case.decided_by)
    with pytest.raises(IntegrityError, match="case_decided_with_reasons"), transaction.atomic():
        ModerationCase.objects.filter(pk=case.pk).update(facts="")


def mails_about(at: datetime) -> dict[str, str]:
    """Delivers everything and gives what each address got."""
    events.deliver_pending(at=at)
    outbox.prepare_at_once(at=at)
    mail.send_due(at=at)
    got: dict[str, str] = defaultdict(str)
    for message in django_mail.outbox:
        got[message.to[0]] += str(message.body)
    return got


@pytest.mark.django_db
def test_the_author_gets_the_statement_of_reasons_and_the_reporters_an_answer(at: datetime) -> None:
    comment = discussion.comment(body="Ada is a fool")
    insult(comment, at, email="outside@example.org", origin="o")
    case = discussion.case(comment, at=at)
    reporter = case.reports.exclude(reporter=None).get().reporter
    moderator = discussion.moderator(name="Mo Derator")
    moderation.hide(actor=moderator, case=case, category=Category.INSULT, facts="It calls Ada names.", at=at)
    mails = mails_about(at)
    statement = mails[comment.author.email]
    for owed in (
        "It calls Ada names.",
        "House rule 1",
        "No automated means",
        "appeal",
        "court",
        case.get_absolute_url(),
    ):
        assert owed in statement
    assert "It calls Ada names." in mails[reporter.email]
    assert "It calls Ada names." in mails["outside@example.org"]
    everything = " ".join(str(message.body) for message in django_mail.outbox)
    assert "Ada is a fool" not in everything
    assert "Mo Derator" not in everything


@pytest.mark.django_db
def test_delivering_again_tells_nobody_twice(at: datetime) -> None:
    discussion.hidden(at=at)
    events.deliver_pending(at=at)
    told = Notification.objects.count()
    for event in Event.objects.all():
        for handler in events.handlers:
            if event.kind in handler.kinds:
                handler.function(event)
    assert Notification.objects.count() == told > 0


@pytest.mark.django_db
def test_both_sides_hear_how_an_appeal_ended(at: datetime) -> None:
    case = discussion.hidden(at=at)
    moderation.appeal(actor=case.author, case=case, text="I meant myself", at=at)
    moderation.decide(actor=discussion.moderator(), case=case, verb="uphold", facts="You did not", at=at)
    events.deliver_pending(at=at)
    assert (
        Notification.objects.filter(person=case.author, kind="appeal.upheld")
        .get()
        .detail.count("You did not")
        == 1
    )

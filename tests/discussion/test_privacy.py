"""What is left of somebody in discussions, moderation and notifications after their account was erased."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection

from civic.accounts.models import Person
from civic.accounts.operations import erase_person
from civic.core import events
from civic.notifications import outbox
from projects.discussion.models import Comment, ModerationCase, Report
from projects.discussion.operations import moderation
from projects.discussion.operations.comments import edit_comment, post_comment
from projects.discussion.operations.moderation import report
from projects.discussion.rules import Category
from tests.factories import accounts, discussion, proposals

pytestmark = pytest.mark.django_db


@pytest.fixture
def zora(at: datetime) -> Person:
    """Somebody who has said, reported, appealed, followed and been told something."""
    person = accounts.person("zora@example.org", name="Zora Unmistakable")
    project = discussion.comment(proposals.project(author=person), at=at).project
    said = post_comment(actor=person, project=project, body="My number is 5550100", token=uuid4(), at=at)
    edit_comment(actor=person, comment=said, body="Call me", at=at)
    hidden = discussion.hidden(discussion.comment(project, author=person, body="Secret5550100"), at=at)
    moderation.appeal(actor=person, case=hidden, text="I am Zora5550100", at=at)
    thing = discussion.comment(project)
    report(actor=person, thing=thing, category=Category.SPAM, text="Zora5550100 saw it", at=at)
    other = discussion.comment()
    report(
        actor=None, thing=other, category=Category.SPAM, text="5550100", email=person.email, origin="o", at=at
    )
    post_comment(actor=accounts.person(), project=project, body="Hm", token=uuid4(), at=at)
    events.deliver_pending(at=at)
    outbox.prepare_at_once(at=at)
    outbox.prepare_digests(at=at + timedelta(days=1))
    return person


def rows_with(text: str, *labels: str) -> list[str]:
    """Tables of these slices in which a row holds this text anywhere."""
    tables = [model._meta.db_table for label in labels for model in apps.get_app_config(label).get_models()]
    found = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text ILIKE %s', [f"%{text}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_nothing_in_these_slices_says_who_it_was(zora: Person, at: datetime) -> None:
    assert len(rows_with(str(zora.pk), "discussion", "notifications")) >= 5
    erase_person(person=zora, at=at)
    for trace in (str(zora.pk), "zora@example.org", "Unmistakable", "5550100"):
        assert rows_with(trace, "discussion", "notifications") == []


def test_the_public_record_holds_without_the_person(zora: Person, at: datetime) -> None:
    figures = (Comment.objects.count(), ModerationCase.objects.count(), Report.objects.count())
    erase_person(person=zora, at=at)
    assert (Comment.objects.count(), ModerationCase.objects.count(), Report.objects.count()) == figures
    assert Comment.objects.filter(body="Call me", author=None).count() == 1

"""Rows that travel as a column come back as what they were."""

import pytest
from django.db.models import OuterRef

from civic.accounts.models import Organisation
from civic.core.columns import read, rows
from projects.calls.models import Call
from projects.delivery.models import Milestone
from projects.proposals.models import Project
from projects.voting.models import ProjectResult
from tests.factories import accounts, contributions, delivery, proposals, voting

pytestmark = pytest.mark.django_db


def column(found, *paths):
    return Call.objects.annotate(asked=rows(found, *paths)).first().asked


def test_whole_rows_come_back_equal_in_type_and_value(django_assert_num_queries):
    first, second = delivery.milestones(delivery.project())
    asked = column(Milestone.objects.order_by("-number"))
    with django_assert_num_queries(0):
        found = read(Milestone, asked)
        for kept, row in zip([second, first], found, strict=True):
            for field in Milestone._meta.concrete_fields:
                if field.attname != "created_at":
                    assert getattr(row, field.attname) == getattr(kept, field.attname), field


def test_joined_rows_come_along_and_what_is_not_there_is_none(django_assert_num_queries):
    group = accounts.organisation(name="Linn Rowing")
    proposals.project(title="Boats", organisation=group)
    proposals.project(title="Trees", call=Call.objects.get())
    asked = column(Project.objects.order_by("title"), "title", "organisation_id", "organisation__name")
    with django_assert_num_queries(0):
        boats, trees = read(Project, asked)
        assert (boats.organisation.name, boats.organisation.pk) == ("Linn Rowing", group.pk)
        assert trees.organisation is None
    assert boats.organisation == Organisation.objects.get()


def test_annotations_come_along(at):
    line = contributions.want(amount=9)
    contributions.contribution(line, "accepted", amount=5)
    [found] = read(type(line), column(type(line).objects.with_amounts(), "title", "taken"))
    assert (found.title, found.taken) == (line.title, 5)


def test_a_decimal_is_not_rounded_on_its_way():
    call = voting.voting_call(25, 25)
    for _ in range(3):
        voting.cast(call, 1)
    voting.decide(call)
    won = ProjectResult.objects.get(won=True)
    assert won.price_minor % 1
    [found] = read(ProjectResult, column(ProjectResult.objects.filter(won=True), "price_minor"))
    assert found.price_minor == won.price_minor


def test_the_column_of_each_row_holds_its_own():
    first, second = delivery.project(), delivery.project()
    delivery.milestones(first, 10_000)
    mine = rows(Milestone.objects.filter(project=OuterRef("pk")), "number")
    found = {one.pk: one.asked for one in Project.objects.annotate(asked=mine)}
    assert [len(found[first.pk]), len(found[second.pk])] == [1, 0]

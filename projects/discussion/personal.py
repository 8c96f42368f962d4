"""What this slice holds of a person."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.accounts.privacy import Personal, personal_data
from civic.accounts.queries import proven_addresses
from projects.discussion.models import Comment, Report


def hidden_comments(person: Person) -> QuerySet[Comment]:
    """What the person said and nobody gets to read: there is no public interest in keeping it."""
    return Comment.objects.filter(author=person.pk).exclude(hidden_for="")


def reported_by_address(person: Person) -> QuerySet[Report]:
    """Reports that came from the person's addresses while they were signed out."""
    return Report.objects.alias(known=Lower("email")).filter(known__in=proven_addresses(person))


def _moderator(person: str, title: Any, *columns: str) -> Personal:
    return Personal(
        model="discussion.ModerationCase",
        person=person,
        title=title,
        export=columns,
        anonymise={person: None},
        reason=_("The decision and its reasons stay, without your name."),
    )


ENTRIES = [
    Personal(
        model="discussion.CommentRevision",
        person="comment__author",
        title=_("Earlier texts of your comments"),
        export=("body", "replaced_at"),
        withhold={"comment": "in your comments"},
    ),
    Personal(
        model="discussion.Comment",
        person=hidden_comments,
        title=_("Your comments that a moderator hid"),
        export=("project", "body", "posted_at", "hidden_for"),
        anonymise={"author": None, "body": ""},
        reason=_("The note that something was hidden stays in the discussion; your text and name go."),
    ),
    Personal(
        model="discussion.Comment",
        person="author",
        title=_("Your comments"),
        export=("project", "parent", "organisation", "body", "posted_at", "edited_at", "deleted_at"),
        anonymise={"author": None},
        reason=_("What you wrote stays as part of the public discussion, without your name."),
    ),
    Personal(
        model="discussion.Follow",
        person="person",
        title=_("Projects you follow"),
        export=("project", "since", "ended_at"),
    ),
    Personal(
        model="discussion.ModerationCase",
        person="author",
        title=_("Decisions about what you wrote"),
        export=("quoted", "decision", "category", "facts", "decided_at", "review", "reviewed_at"),
        anonymise={"author": None, "quoted": ""},
        reason=_("That a decision was made, and by which rule, stays for the public figures; the text goes."),
    ),
    Personal(
        model="discussion.ModerationCase",
        person="appealed_by",
        title=_("Your appeals"),
        export=("appeal", "appealed_at", "review"),
        anonymise={"appealed_by": None, "appeal": ""},
        reason=_("That there was an appeal and how it ended stays for the public figures."),
    ),
    _moderator("decided_by", _("What you decided"), "facts", "decided_at"),
    _moderator("reviewed_by", _("Appeals that you decided"), "review", "reviewed_at"),
    Personal(
        model="discussion.Report",
        person="reporter",
        title=_("What you reported"),
        export=("category", "text", "reported_at"),
        withhold={"case": "about somebody else", "origin": "of signed-out people only"},
        anonymise={"reporter": None, "text": ""},
        reason=_("That there was a report stays for the public figures."),
    ),
    Personal(
        model="discussion.Report",
        person=reported_by_address,
        title=_("What you reported without signing in"),
        export=("email", "category", "text", "reported_at"),
        anonymise={"email": "", "text": "", "origin": ""},
        reason=_("That there was a report stays for the public figures."),
    ),
]

personal_data.register(*ENTRIES)

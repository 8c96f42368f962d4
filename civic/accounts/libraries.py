"""What the libraries hold of a person: sign-in, sessions, permissions, the admin's log, the editing of pages."""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.accounts.privacy import Personal, Text
from civic.accounts.queries import sessions

SECRET = "a secret that only proves something; a copy would weaken it"  # noqa: S105
EDITED = _("Pages that you edited for the council stay, without your name.")


def admin_log_about(person: Person) -> QuerySet[LogEntry]:
    """Rows of the admin's own log that carry the person's name."""
    kind = ContentType.objects.get_for_model(Person)
    return LogEntry.objects.filter(content_type=kind, object_id=str(person.pk))


def _own(model: str, title: Text, *export: str, person: Any = "user", **more: Any) -> Personal:
    return Personal(model=model, person=person, title=title, export=export, **more)


def _council(model: str, title: Text, *export: str, **more: Any) -> Personal:
    return _own(model, title, *export, council=True, **more)


def _edited(model: str, column: str, title: Text, *export: str) -> Personal:
    """Work for the council on pages: it stays, the name goes."""
    more = {"anonymise": {column: None}, "reason": EDITED, "council": True}
    return Personal(model=model, person=column, title=title, export=export, **more)  # type: ignore[arg-type]


LIBRARIES = [
    _own("sessions.Session", _("Open sessions"), "expire_date", person=sessions),
    # After all that is found by these addresses, also in slices above.
    _own("account.EmailAddress", _("Email addresses"), "email", "verified", "primary", order=1),
    _own(
        "mfa.Authenticator",
        _("Second steps of signing in"),
        *("type", "created_at", "last_used_at"),
        withhold={"data": SECRET},
    ),
    _council("guardian.UserObjectPermission", _("Permissions"), "permission", "object_pk"),
    _council(
        "admin.LogEntry", _("What you did in the admin"), "action_time", "object_repr", "change_message"
    ),
    _own("admin.LogEntry", _("The admin's log about you"), "action_time", person=admin_log_about),
]

EDITING = [
    _council("wagtailusers.UserProfile", _("Settings of the page editor"), "preferred_language", "avatar"),
    _council("wagtailadmin.EditingSession", _("Pages you are editing"), "last_seen_at"),
    _council(
        "wagtailadmin.FormState",
        _("Unfinished forms of the page editor"),
        withhold={"user": "nothing but a pointer"},
    ),
    _council("wagtailcore.APIToken", _("Access of programs to the page editor"), withhold={"user": SECRET}),
    _council("wagtailcore.PageSubscription", _("Pages you follow as an editor"), "page"),
    _council("wagtailcore.Comment", _("Editors' comments"), "text", "created_at"),
    _council("wagtailcore.CommentReply", _("Editors' replies"), "text", "created_at"),
    _edited("wagtailcore.Comment", "resolved_by", _("Editors' comments you settled"), "resolved_at"),
    _edited("wagtailcore.Page", "owner", _("Pages you made"), "title"),
    _edited("wagtailcore.Page", "locked_by", _("Pages you locked"), "title"),
    _edited("wagtailcore.Revision", "user", _("Versions of pages you wrote"), "created_at", "object_str"),
    _edited("wagtailcore.PageLogEntry", "user", _("What you did to pages"), "timestamp", "action", "label"),
    _edited(
        "wagtailcore.ModelLogEntry",
        "user",
        _("What you did in the page editor"),
        "timestamp",
        "action",
        "label",
    ),
    _edited("wagtailcore.WorkflowState", "requested_by", _("Reviews you asked for"), "created_at"),
    _edited("wagtailcore.TaskState", "finished_by", _("Reviews you did"), "finished_at"),
    _edited("wagtailcore.UploadedFile", "uploaded_by_user", _("Files under way"), "file"),
    _edited(
        "wagtailimages.Image", "uploaded_by_user", _("Pictures you uploaded for pages"), "title", "created_at"
    ),
    _edited(
        "wagtaildocs.Document",
        "uploaded_by_user",
        _("Documents you uploaded for pages"),
        "title",
        "created_at",
    ),
]

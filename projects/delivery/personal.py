"""What this slice holds of a person."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.privacy import BLANK, Personal, impersonal, register


def declare() -> None:
    """Registers everything; called once, from `AppConfig.ready()`."""
    register(
        Personal(
            model="delivery.Evidence",
            person="person",
            title=_("Evidence that you brought"),
            export=("milestone", "sort", "text", "file", "thumb", "size", "added_at"),
            erase=BLANK,
            blank={"person": None},
            reason=_("Evidence of what was done with other people's money stays, without your name."),
        )
    )
    register(
        Personal(
            model="delivery.Update",
            person="author",
            title=_("News that you posted"),
            export=("project", "title", "text", "posted_at"),
            withhold={"token": "a number of the form"},
            erase=BLANK,
            blank={"author": None},
            reason=_("News of a project stays as part of its record, without your name."),
        )
    )
    impersonal(
        "delivery.Milestone",
        "title",
        "promise",
        "reason",
        because="what a project promises and whether it kept it",
    )

"""What this slice holds of a person."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.privacy import NonPersonal, Personal, non_personal, personal_data

personal_data.register(
    Personal(
        model="delivery.Evidence",
        person="person",
        title=_("Evidence that you brought"),
        export=("milestone", "kind", "text", "file", "thumb", "size", "added_at"),
        anonymise={"person": None},
        reason=_("Evidence of what was done with other people's money stays, without your name."),
    )
)
personal_data.register(
    Personal(
        model="delivery.Update",
        person="author",
        title=_("News that you posted"),
        export=("project", "title", "text", "posted_at"),
        withhold={"token": "a number of the form"},
        anonymise={"author": None},
        reason=_("News of a project stays as part of its record, without your name."),
    )
)
non_personal.register(
    NonPersonal(
        "delivery.Milestone", ("title", "promise", "reason"), "what a project promises and whether it kept it"
    )
)

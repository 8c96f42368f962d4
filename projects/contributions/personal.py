"""What this slice holds of a person."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.privacy import NonPersonal, Personal, non_personal, personal_data

personal_data.register(
    Personal(
        model="contributions.Contribution",
        person="person",
        title=_("Help that you offered"),
        export=("want", "organisation", "amount", "message", "anonymous", "state", "reason", "offered_at"),
        withhold={"token": "a number of the form"},
        anonymise={"person": None, "message": "", "reason": ""},
        reason=_("That a project was helped stays for its record, without your name."),
    )
)
non_personal.register(NonPersonal("contributions.Want", ("title", "details", "unit"), "what a project wants"))

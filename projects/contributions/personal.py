"""What this slice holds of a person."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.privacy import BLANK, Personal, impersonal, register


def declare() -> None:
    """Registers everything; called once, from `AppConfig.ready()`."""
    register(
        Personal(
            model="contributions.Contribution",
            person="person",
            title=_("Help that you offered"),
            export=(
                "want",
                "organisation",
                "amount",
                "message",
                "anonymous",
                "state",
                "reason",
                "offered_at",
            ),
            withhold={"token": "a number of the form"},
            erase=BLANK,
            blank={"person": None, "message": "", "reason": ""},
            reason=_("That a project was helped stays for its record, without your name."),
        )
    )
    impersonal("contributions.Want", "title", "details", "unit", because="what a project wants")

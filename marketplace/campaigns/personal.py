"""What is held of people who pledge."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.accounts.privacy import BLANK, Personal, Text, impersonal, obstacle, register
from marketplace.campaigns.models import Pledge
from marketplace.campaigns.states import PLEDGE_UNDER_WAY


@obstacle
def pledges_under_way(person: Person) -> Text | None:
    """A promise is kept, cancelled or paid before the account ends."""
    if Pledge.objects.filter(person=person, state__in=PLEDGE_UNDER_WAY).exists():
        return _("A pledge of yours is open. Cancel it, or wait until its campaign is over.")
    return None


def declare() -> None:
    """Registers everything of campaigns and pledges."""
    register(
        Personal(
            model="campaigns.Pledge",
            person="person",
            title=_("Your pledges"),
            export=(
                "created_at",
                "campaign",
                "amount_minor",
                "currency",
                "rhythm",
                "months",
                "anonymous",
                "provider",
                "state",
                "state_since",
                "collected_at",
            ),
            withhold={"token": "a number of the form"},
            erase=BLANK,
            blank={"person": None},
            reason=_("What was given stays in the books for as long as tax law asks, without your name."),
        )
    )
    impersonal("campaigns.Campaign", "use", because="what a project's money is for")
    impersonal("campaigns.StretchGoal", "use", because="what a project's money is for")

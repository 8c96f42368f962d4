"""What is held of people who pledge."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.accounts.privacy import NonPersonal, Personal, Text, erasure_blockers, non_personal, personal_data
from civic.core import clock, events
from civic.core.registry import Hook
from marketplace.campaigns.models import Pledge
from marketplace.campaigns.states import PLEDGE_UNDER_WAY


def pledges_under_way(person: Person) -> Text | None:
    """A promise is kept, cancelled or paid before the account ends."""
    if Pledge.objects.filter(person=person, state__in=PLEDGE_UNDER_WAY).exists():
        return _("A pledge of yours is open. Cancel it, or wait until its campaign is over.")
    return None


def forget(person: Person) -> None:
    """Nobody, from now on. Has each campaign counted anew that the person gave to.

    Who showed the name is a backer without one from then on, also of a gift that is over. Of several gifts nobody
    knows any more that one person made them: each counts as a backer of its own.
    """
    for pledge in Pledge.objects.filter(person=person).order_by("campaign", "pk").distinct("campaign"):
        events.record("pledge.anonymised", actor=None, subject=pledge, at=clock.now())


personal_data.register(
    Personal(
        model="campaigns.Pledge",
        person="person",
        title=_("Your pledges"),
        export=(
            "created_at",
            "campaign",
            "amount_minor",
            "currency",
            "frequency",
            "months",
            "anonymous",
            "provider",
            "state",
            "state_since",
            "collected_at",
        ),
        withhold={"token": "a number of the form"},
        anonymise={"person": forget},
        reason=_("What was given stays in the books for as long as tax law asks, without your name."),
    )
)
non_personal.register(
    NonPersonal("campaigns.Campaign", ("use",), "what a project's money is for"),
    NonPersonal(
        "campaigns.CampaignTotal", ("amounts",), "how many pledges there are of each amount, for everybody"
    ),
    NonPersonal("campaigns.StretchGoal", ("use",), "what a project's money is for"),
)
erasure_blockers.register(Hook("pledges-under-way", pledges_under_way))

"""What this slice holds of a person."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.accounts.privacy import (
    NonPersonal,
    Personal,
    Text,
    closing_blockers,
    non_personal,
    personal_data,
)
from civic.core.registry import Hook
from projects.contributions.models import Contribution
from projects.contributions.states import ContributionState


def help_promised(organisation: Organisation) -> Text | None:
    """What was promised in an organisation's name is given or taken back first."""
    promised = [ContributionState.ACCEPTED, ContributionState.DELIVERED]
    if Contribution.objects.filter(organisation=organisation, state__in=promised).exists():
        return _("Help that was promised in its name is not given yet. Give it, or take the promise back.")
    return None


closing_blockers.register(Hook("help-promised", help_promised))
personal_data.register(
    Personal(
        model="contributions.Contribution",
        person="person",
        title=_("Help that you offered"),
        export=("want", "organisation", "amount", "message", "anonymous", "state", "reason", "offered_at"),
        withhold={"token": "a number of the form"},
        anonymise={"person": None, "message": "", "reason": ""},
        notes=True,
        reason=_("That a project was helped stays for its record, without your name."),
    )
)
non_personal.register(NonPersonal("contributions.Want", ("title", "details", "unit"), "what a project wants"))

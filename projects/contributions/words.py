"""How the steps of a contribution read to people."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic.core.errors import Text
from projects.contributions.models import Contribution
from projects.contributions.states import TAKEN, ContributionState


@dataclass(frozen=True)
class Step:
    """A button: what it does, what is said afterwards, and how it looks."""

    verb: str
    text: Text
    done: Text
    kind: str = ""
    icon: str = ""


STEPS = {
    step.verb: step
    for step in (
        Step("accept", _("Accept"), _("Accepted. They hear of it now."), icon="check"),
        Step(
            "verify",
            _("Confirm that it was given"),
            _("Confirmed. It stands on the project's page."),
            icon="check",
        ),
        Step("deliver", _("I have given it"), _("Thank you! The team confirms it next."), icon="check"),
        Step("send_back", _("Something is missing"), _("They hear what is missing."), "second"),
        Step("decline", _("Decline"), _("Declined. They hear your reason."), "second"),
        Step("withdraw", _("Take it back"), _("It is taken back. The team hears of it."), "quiet"),
    )
}

WAY = [ContributionState.OFFERED, *TAKEN]


def step_words(contribution: Contribution) -> list[dict[str, Any]]:
    """The way of a contribution for the stepper; one that ended early has only where it began."""
    if contribution.state not in WAY:
        return [
            {"title": ContributionState.OFFERED.label, "state": "done"},
            {"title": contribution.get_state_display(), "state": "current"},
        ]
    here = WAY.index(ContributionState(contribution.state))
    last = len(WAY) - 1
    return [
        {
            "title": stage.label,
            "state": "done" if place < here or here == last else "current" if place == here else "todo",
        }
        for place, stage in enumerate(WAY)
    ]

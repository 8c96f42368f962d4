"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from typing import Any

from civic.accounts.models import Person
from projects.delivery.states import MilestoneState
from projects.proposals.states import ProjectState
from tests.factories import delivery
from tests.whole.scene import EVERYBODY, OWN, SIGNED_IN, TEAM_AND_STEWARDS, opens

OPENS = {
    **opens(TEAM_AND_STEWARDS, "delivery:plan"),
    **opens(
        EVERYBODY, "delivery:progress", "delivery:milestone", "api:project-milestones", "api:project-updates"
    ),
    # An empty form is refused (422) before the operation says to whom the step belongs.
    **opens(SIGNED_IN, "delivery:step", "delivery:milestone_step", "delivery:evidence"),
    **opens(OWN, "delivery:update", "delivery:remove"),
}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    funded = delivery.project(ProjectState.FUNDED, author=owner)
    running = delivery.project(author=owner)
    milestone = delivery.milestone(MilestoneState.IN_PROGRESS, running)
    key, slug = {"key": milestone.pk}, {"slug": running.slug}
    return {
        "delivery:plan": {"slug": funded.slug},
        **{f"delivery:{name}": slug for name in ("progress", "step", "update")},
        **{f"delivery:{name}": key for name in ("milestone", "milestone_step", "evidence")},
        "delivery:remove": {**key, "evidence": delivery.evidence(milestone).pk},
        "api:project-milestones": slug,
        "api:project-updates": slug,
    }

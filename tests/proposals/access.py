"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from typing import Any

from civic.accounts.models import Person
from projects.proposals.models import TeamInvitation
from tests.factories import proposals
from tests.whole.scene import EVERYBODY, OWN, SIGNED_IN, opens

OPENS = {
    **opens(EVERYBODY, "proposals:propose", "proposals:browse", "proposals:start", "proposals:cover"),
    **opens(SIGNED_IN, "proposals:support"),
    **opens(
        # What is not submitted yet is its team's alone.
        OWN,
        "proposals:show",
        "proposals:cover-of",
        "proposals:changes",
        "proposals:cancel",
        "proposals:pictures",
        "proposals:preview",
        "proposals:edit",
        "proposals:picture",
        "proposals:invite",
        "proposals:leave",
        "proposals:withdraw",
    ),
    **opens(frozenset(), "proposals:invitation"),
    **opens(EVERYBODY, "api:projects", "api:projects-csv"),
    # A draft is not open data, whoever asks.
    **opens(frozenset(), "api:project"),
}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    draft = proposals.complete_draft(author=owner)
    public = proposals.project(draft.call, author=owner)
    picture = proposals.picture(draft)
    member = proposals.member(draft)
    invitation = TeamInvitation.objects.create(
        project=draft, email="invited@example.org", role="Treasurer", invited_by=owner
    )
    private, open_ = {"slug": draft.slug}, {"slug": public.slug}
    return {
        "proposals:cover": {"key": public.pk, "theme": public.theme},
        "proposals:invitation": {"key": invitation.pk},
        **{f"proposals:{name}": private for name in ("show", "cover-of", "changes", "cancel")},
        **{f"proposals:{name}": private for name in ("pictures", "preview", "invite")},
        "proposals:support": open_,
        "proposals:edit": {**private, "step": "idea"},
        "proposals:picture": {**private, "key": picture.pk},
        "proposals:leave": {**private, "key": member.pk},
        "proposals:withdraw": {**private, "key": invitation.pk},
        "api:project": private,
    }

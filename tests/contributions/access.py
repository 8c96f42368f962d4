"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from typing import Any

from civic.accounts.models import Person
from tests.factories import contributions, proposals
from tests.whole.scene import EVERYBODY, OWN, SIGNED_IN, TEAM_AND_STEWARDS, opens

OPENS = {
    **opens(EVERYBODY, "contributions:wanted", "api:project-wanted", "api:project-contributions"),
    **opens(SIGNED_IN, "contributions:offer"),
    **opens(TEAM_AND_STEWARDS, "contributions:offers", "contributions:contribution"),
    **opens(OWN, "contributions:add", "contributions:change", "contributions:close"),
}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    public = proposals.project(author=owner)
    want = contributions.want(public)
    slug = {"slug": public.slug}
    line = {**slug, "want": want.pk}
    return {
        **{f"contributions:{name}": slug for name in ("wanted", "add", "offers")},
        **{f"contributions:{name}": line for name in ("offer", "change", "close")},
        "contributions:contribution": {"key": contributions.contribution(want, person=owner).pk},
        "api:project-wanted": slug,
        "api:project-contributions": slug,
    }

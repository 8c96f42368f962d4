"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from typing import Any

from civic.accounts import groups
from civic.accounts.models import Person
from civic.core import clock
from tests.factories import accounts, discussion, proposals
from tests.whole.scene import ADMIN, EVERYBODY, OWN, OWNER, SIGNED_IN, opens

OPENS = {
    **opens(EVERYBODY, "discussion:discussion", "discussion:thread", "discussion:moderation"),
    **opens(EVERYBODY, "discussion:report_project", "discussion:report_comment"),
    **opens(SIGNED_IN, "discussion:post", "discussion:follow"),
    **opens(OWN, "discussion:edit", "discussion:delete"),
    **opens(frozenset({OWNER, groups.MODERATORS, groups.AUDITORS, ADMIN}), "discussion:case"),
    **opens(EVERYBODY, "api:project-comments"),
}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    public = proposals.project(author=accounts.person())
    comment = discussion.comment(public, author=owner)
    case = discussion.hidden(discussion.comment(public, author=owner), at=clock.now())
    slug = {"slug": public.slug}
    return {
        **{f"discussion:{name}": slug for name in ("discussion", "post", "follow", "report_project")},
        "discussion:thread": {**slug, "comment": comment.pk},
        **{f"discussion:{name}": {"comment": comment.pk} for name in ("edit", "delete", "report_comment")},
        "discussion:case": {"case": case.pk},
        "api:project-comments": slug,
    }

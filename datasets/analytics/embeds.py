"""Tokens of embeds: signed, with an end. Each carries the right of who saved the query, asked anew at each read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core.errors import Forbidden
from datasets.analytics.models import SavedQuery

SALT = "analytics.embed"
MOST_DAYS = 90
REFUSED = _("This embed has expired, or was ended.")
KNOWN = _("Who reads figures of what people share is always known, so no embed shows them.")


@dataclass(frozen=True)
class Embed:
    """What a token says: which query, by whose right, of which round, until when."""

    query: str
    person: str
    round: int
    until: float


def end_of(days: int, at: datetime) -> datetime:
    """When a token for so many days ends, at most `MOST_DAYS`."""
    return at + timedelta(days=max(1, min(days, MOST_DAYS)))


def require_possible(query: SavedQuery) -> None:
    """Raises Forbidden where nobody may make an embed of it."""
    if query.by_consent:
        raise Forbidden(KNOWN)


def signed(query: SavedQuery, *, days: int, at: datetime) -> str:
    """A token for so many days by the right of who saved the query."""
    said = [str(query.pk), str(query.owner_id), query.embed_round, end_of(days, at).timestamp()]
    return signing.dumps(said, salt=SALT)


def bearer(token: str, query: SavedQuery, at: datetime) -> Person:
    """By whose right a token reads. Raises Forbidden, whatever is wrong with it: then it gives nothing."""
    require_possible(query)
    try:
        said = Embed(*signing.loads(token, salt=SALT))
    except (signing.BadSignature, TypeError, ValueError):
        raise Forbidden(REFUSED) from None
    fits = (said.query, said.person, said.round) == (str(query.pk), str(query.owner_id), query.embed_round)
    if not fits or at.timestamp() >= said.until or query.owner is None or not query.owner.is_active:
        raise Forbidden(REFUSED)
    # Powers of staff are of a session that has passed the second step, and no token carries them.
    query.owner.is_staff = query.owner.is_superuser = False
    return query.owner

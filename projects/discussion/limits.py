"""How much one person, or one signed-out visitor, may write: held in the database, under a lock."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core import signing
from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core.errors import Refused
from projects.discussion.models import Comment, Report

COMMENTS = (8, timedelta(minutes=10))
REPORTS = (20, timedelta(hours=1))
SIGNED_OUT_REPORTS = (5, timedelta(hours=1))
# A day, by address: each is answered by two letters, to whatever address was typed.
REPORTS_OF_ADDRESS = 20
# Against a flood from many addresses at once.
ALL_SIGNED_OUT_REPORTS = (200, timedelta(hours=1))


class TooMany(Refused):
    """The person has to wait. The detail says until when."""

    status = 429
    code = "too-many"


def lock_comments(actor: Person) -> None:
    """One comment of a person at a time, until the transaction ends."""
    _lock(f"comments:{actor.pk}")


def hold_comments(actor: Person, at: datetime) -> None:
    """Raises TooMany where the person has written too many comments lately; call `lock_comments` first."""
    _hold(Comment.objects.filter(author=actor), "posted_at", COMMENTS, at)


def lock_reports(actor: Person | None) -> None:
    """One report at a time of a person, or of all signed-out visitors."""
    _lock(f"reports:{actor.pk if actor else 'signed out'}")


def hold_reports(actor: Person | None, origin: str, at: datetime) -> None:
    """The same for reports: by person, or by origin and for all signed-out visitors together."""
    if actor:
        _hold(Report.objects.filter(reporter=actor), "reported_at", REPORTS, at)
        return
    signed_out = Report.objects.filter(reporter=None).exclude(origin="")
    _hold(signed_out.filter(origin=origin), "reported_at", SIGNED_OUT_REPORTS, at)
    _hold(signed_out, "reported_at", ALL_SIGNED_OUT_REPORTS, at)


def origin_of(address: str, at: datetime) -> str:
    """A keyed hash of a network address, different every day: enough to count, useless to recognise anybody."""
    return signing.Signer(salt="discussion.origin").signature(f"{address} {timezone.localdate(at)}")


def _lock(name: str) -> None:
    number = int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _hold(rows: Any, column: str, limit: tuple[int, timedelta], at: datetime) -> None:
    count, span = limit
    recent = rows.filter(**{f"{column}__gt": at - span}).order_by(f"-{column}")
    times = list(recent.values_list(column, flat=True)[:count])
    if len(times) == count:
        again = date_format(timezone.localtime(times[-1] + span), "H:i")
        raise TooMany(
            _("That was a lot in a short time. What you wrote is kept here; send it after %s.") % again
        )

"""The alarm about rows that the clock's tasks could not take their step for."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civic.accounts import mail
from civic.accounts.models import Person
from civic.core.models import PutOff

# Less is often gone at the next try, such as a provider that was away.
FAILURES = 4
LATE = timedelta(days=1)
MOST = 20


def tell_of_put_off(*, at: datetime) -> int:
    """Writes one mail a day to each administrator as long as rows wait that failed four times, or for a day.

    Returns how many such rows there are.
    """
    stuck = PutOff.objects.filter(Q(failures__gte=FAILURES) | Q(first_at__lte=at - LATE)).order_by(
        "first_at", "pk"
    )
    count = stuck.count()
    if not count:
        return 0
    subject = ngettext(
        "%(count)s row could not be worked on", "%(count)s rows could not be worked on", count
    ) % {"count": count}
    text = "\n\n".join([subject + ".", *[_line(one) for one in stuck[:MOST]], _where(count)])
    day = timezone.localdate(at)
    for person in Person.objects.filter(is_superuser=True, is_active=True).order_by("pk"):
        # The key, and not a mark on the rows, keeps it to one mail a day however many fail.
        key = f"put-off:{day}:{person.pk}"
        mail.post(to=person.email, subject=f"{subject}.", text=text, at=at, key=key)
    return count


def _line(one: PutOff) -> str:
    words = _("%(task)s: %(thing)s has failed %(failures)s times, first on %(day)s. %(reason)s")
    first = timezone.localtime(one.first_at).strftime("%Y-%m-%d %H:%M")
    facts = {"task": one.task, "thing": f"{one.subject_type} {one.subject_id}", "failures": one.failures}
    return words % {**facts, "day": first, "reason": one.reason[:200]}


def _where(count: int) -> str:
    more = _("And %(count)s more.") % {"count": count - MOST} + "\n\n" if count > MOST else ""
    address = settings.SITE_URL + reverse("admin:core_putoff_changelist")
    return (
        more
        + _("They hold up nobody else and are tried again by themselves. Look at them here: %s") % address
    )

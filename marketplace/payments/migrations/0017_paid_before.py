"""What lines have paid until now: the last payment stood in `charge`, and up to two more as text in `purpose`."""

from typing import Any
from uuid import UUID

from django.db import migrations
from django.db.models import Q

# What `purpose` of a line began with that had paid other payments before the one that it names.
EARLIER = "charge:"
ONLY_NAMED = Q(proposal="charge", state__in=["proposed", "part"])


def keep_what_was_paid(apps: Any, schema_editor: Any) -> None:
    """A row for each payment of a line. How much of it came from which line follows from their order.

    A payment is asked of the lines that name it last, the first booked first, and then of those that were settled
    otherwise or have paid others, each for what the others leave.
    """
    lines = apps.get_model("payments", "StatementLine").objects
    left = {line.pk: line.amount_minor - line.suspense_minor for line in lines.filter(amount_minor__gt=0)}
    named: dict[UUID, list[Any]] = {}
    paying = lines.filter(amount_minor__gt=0).exclude(charge=None).exclude(ONLY_NAMED)
    for line in paying.order_by("booked_on", "pk"):
        named.setdefault(line.charge_id, []).append(line)
    packed = lines.filter(purpose__startswith=EARLIER).order_by("booked_on", "pk")
    for line in packed:
        for key in line.purpose.removeprefix(EARLIER).split(","):
            named.setdefault(UUID(key), []).append(line)
    payment = apps.get_model("payments", "LinePayment")
    for charge in apps.get_model("payments", "Charge").objects.filter(pk__in=named).order_by("pk"):
        asked = charge.amount_minor
        for line in sorted(named[charge.pk], key=_is_asked_late):
            minor = min(left[line.pk], asked)
            if minor > 0:
                payment.objects.create(line=line, charge=charge, amount_minor=minor)
                left[line.pk] -= minor
                asked -= minor
    packed.update(purpose="")


def _is_asked_late(line: Any) -> bool:
    return line.proposal not in ("", "charge") or bool(line.purpose)


class Migration(migrations.Migration):
    dependencies = [("payments", "0016_paid")]
    operations = [migrations.RunPython(keep_what_was_paid, migrations.RunPython.noop)]

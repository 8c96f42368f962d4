"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from typing import Any

from django.utils.timezone import localtime

from civic.accounts.models import Person
from civic.core import clock
from marketplace.payments.models import DemoPayment
from tests.factories import payments
from tests.whole.scene import EVERYBODY, OWN, SIGNED_IN, opens

OPENS = {
    **opens(EVERYBODY, "payments:webhook"),
    **opens(OWN, "payments:payment", "payments:demo", "payments:receipt", "payments:receipt-file"),
    **opens(OWN, "payments:year", "payments:method-remove"),
    **opens(SIGNED_IN, "payments:mine", "payments:methods", "api:my-payments"),
    # The charge is no bank transfer.
    **opens(frozenset(), "payments:transfer"),
    # Old addresses lead on, whoever comes.
    **opens(EVERYBODY, "me/ways-to-pay/", "me/ways-to-pay/<uuid:pk>/remove/"),
}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    charge = payments.charge(payer=owner)
    payments.work(clock.now())
    paid = payments.paid(payer=owner)
    remote = DemoPayment.objects.get(target=charge.pk)
    return {
        "payments:payment": {"pk": charge.pk},
        "payments:transfer": {"pk": charge.pk},
        "payments:demo": {"pk": remote.pk},
        "payments:receipt": {"pk": paid.pk},
        "payments:receipt-file": {"pk": paid.pk},
        "payments:year": {"year": localtime(clock.now()).year},
        "payments:webhook": {"provider": "stripe"},
        "payments:method-remove": {"pk": payments.method(person=owner).pk},
    }

"""Reads of payments."""

from civic.accounts.models import Person
from marketplace.payments.models import Charge, DemoPayment, MethodSetup


def own_payment(person: Person, pk: object) -> Charge | MethodSetup | None:
    """The person's charge or setup of this id; None where it is not theirs."""
    charge = Charge.objects.filter(pk=pk, payer=person).first()
    return charge or MethodSetup.objects.filter(pk=pk, person=person).first()


def demo_payment(person: Person, pk: object) -> tuple[DemoPayment, Charge | MethodSetup] | None:
    """A payment at the demo provider and what it is for, where the person is the one who pays."""
    payment = DemoPayment.objects.filter(pk=pk).first()
    wanted = payment and own_payment(person, payment.target)
    return (payment, wanted) if payment and wanted else None

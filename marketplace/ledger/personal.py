"""What the ledger holds of a person: nothing but the address of somebody who asked for daily roots."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.accounts.privacy import NonPersonal, Personal, non_personal, personal_data
from civic.accounts.queries import proven_addresses
from marketplace.ledger.models import RootSubscriber


def subscriptions(person: Person) -> QuerySet[RootSubscriber]:
    """Subscriptions of the person's addresses; who subscribes need not have an account."""
    return RootSubscriber.objects.filter(address__in=proven_addresses(person))


personal_data.register(
    Personal(
        model="ledger.RootSubscriber",
        person=subscriptions,
        title=_("Daily roots of the ledger by mail"),
        export=("created_at", "address", "confirmed_at"),
    )
)
non_personal.register(
    NonPersonal("ledger.Entry", ("public",), "published and hashed for ever; operations put no person in it"),
    NonPersonal("ledger.Entry", ("key",), "kinds and numbers of what it books"),
)

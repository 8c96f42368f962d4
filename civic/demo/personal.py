"""What the demo's post box holds of a person."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.accounts.privacy import Personal, personal_data
from civic.accounts.queries import proven_addresses
from civic.demo.models import Message


def mail_to(person: Person) -> QuerySet[Message]:
    """Mail to any of the person's addresses."""
    return Message.objects.filter(recipient__in=proven_addresses(person))


personal_data.register(
    Personal(
        model="demo.Message",
        person=mail_to,
        title=_("Mail in the demo's post box"),
        export=("created_at", "recipient", "sender", "subject", "text"),
    )
)

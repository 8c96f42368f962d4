"""What this slice holds of a person."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.accounts.privacy import ANONYMISE, NonPersonal, Personal, non_personal, personal_data
from civic.notifications.models import Mail


def letters(person: Person) -> QuerySet[Mail]:
    """Mail to the person's address that was not sent to their account."""
    return Mail.objects.filter(address__iexact=person.email)


ENTRIES = [
    Personal(
        model="notifications.Notification",
        person="person",
        title=_("What you were told"),
        export=("notified_at", "kind", "topic", "detail", "url", "read_at"),
        withhold={"category": "follows from the kind", "params": "follows from the kind"},
    ),
    Personal(
        model="notifications.Notification",
        person="actor",
        title=_("What others were told about something you did"),
        export=("notified_at", "kind", "topic"),
        erase=ANONYMISE,
        anonymise={"actor": None},
        reason=_("That something happened stays on other people's lists, without your name."),
    ),
    Personal(
        model="notifications.Preference",
        person="person",
        title=_("How you want to be told"),
        export=("category", "on_site", "frequency"),
    ),
    Personal(
        model="notifications.Mail",
        person="person",
        title=_("Mails to you"),
        export=("due_at", "sent_at", "day"),
        withhold={
            "address": "of people without an account only",
            "subject": "of people without an account only",
            "text": "of people without an account only",
        },
    ),
    Personal(
        model="notifications.Mail",
        person=letters,
        title=_("Letters to your address while you were signed out"),
        export=("address", "subject", "text", "sent_at"),
        withhold={"person": "of people with an account only"},
    ),
]

personal_data.register(*ENTRIES)
non_personal.register(
    NonPersonal(
        "notifications.Mail",
        ("last_error", "key", "unsubscribe"),
        "answers of mail servers, keys and links of our own",
    ),
)

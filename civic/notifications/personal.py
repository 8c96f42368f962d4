"""What this slice holds of a person."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.privacy import Personal, personal_data

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
        anonymise={"actor": None},
        reason=_("That something happened stays on other people's lists, without your name."),
    ),
    Personal(
        model="notifications.Preference",
        person="person",
        title=_("How you want to be told"),
        export=("category", "on_site", "frequency"),
    ),
]

personal_data.register(*ENTRIES)

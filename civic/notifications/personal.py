"""What this slice holds of a person."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.privacy import BLANK, Personal, impersonal, register


def declare() -> None:
    """Registers everything; called once, from `AppConfig.ready()`."""
    for entry in ENTRIES:
        register(entry)
    impersonal(
        "notifications.Mail", "last_error", "key", because="answers of mail servers and keys of our own"
    )


ENTRIES = [
    Personal(
        model="notifications.Notification",
        person="person",
        title=_("What you were told"),
        export=("notified_at", "kind", "topic", "detail", "url", "read_at"),
        withhold={"stream": "follows from the kind", "params": "follows from the kind"},
    ),
    Personal(
        model="notifications.Notification",
        person="actor",
        title=_("What others were told about something you did"),
        export=("notified_at", "kind", "topic"),
        erase=BLANK,
        blank={"actor": None},
        reason=_("That something happened stays on other people's lists, without your name."),
    ),
    Personal(
        model="notifications.Preference",
        person="person",
        title=_("How you want to be told"),
        export=("stream", "on_site", "rhythm"),
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
]

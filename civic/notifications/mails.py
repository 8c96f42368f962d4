"""What a mail says: plain text and HTML, and how to get no more of them (RFC 8058)."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civic.accounts.mail import letterhead, sender
from civic.notifications import types, unsubscribing
from civic.notifications.models import Mail, Notification
from civic.notifications.types import Category

LISTED = 40  # more than that nobody reads in a mail
TOPIC_MOST = 60  # of a subject, phones show about this much


def compose(mail: Mail, connection: Any) -> EmailMultiAlternatives | None:
    """The message for this mail, or None where nothing is left to tell."""
    if mail.person is None:
        letter = {"text": mail.text, "unsubscribe": mail.unsubscribe}
        return _message(mail, mail.subject, letter, connection, template="letter")
    told = Notification.objects.filter(mail=mail).unread().select_related("actor")
    news = list(told.order_by("notified_at", "pk")[: LISTED + 1])
    if not news:
        return None
    link = unsubscribing.link(mail.person, _category(mail, news))
    context = {
        "single": news[0] if len(news) == 1 else None,
        "topics": _by_topic(news[:LISTED]),
        "more": len(news) > LISTED,
        "unsubscribe": link,
        "mail": mail,
    }
    return _message(mail, _subject(mail, news), context, connection, template="news")


def _category(mail: Mail, news: list[Notification]) -> Category | None:
    """What the mail's link switches off: its one category, or, for a digest, all digests."""
    return None if mail.day else types.category(news[0].category)


def _subject(mail: Mail, news: list[Notification]) -> str:
    """The one thing that happened, or how many did and what the first is about."""
    if len(news) == 1:
        return news[0].sentence
    count = str(len(news)) if len(news) <= LISTED else f"{LISTED}+"
    first = Truncator(news[0].topic).chars(TOPIC_MOST)
    others = len({notification.topic for notification in news}) - 1
    if not others:
        return _("%(count)s news about “%(first)s”") % {"count": count, "first": first}
    words = ngettext(
        "%(count)s news about “%(first)s” and %(others)s more",
        "%(count)s news about “%(first)s” and %(others)s others",
        others,
    )
    return words % {"count": count, "first": first, "others": others}


def _by_topic(news: list[Notification]) -> dict[str, list[Notification]]:
    topics = defaultdict(list)
    for notification in news:
        topics[notification.topic].append(notification)
    return dict(topics)


def _message(
    mail: Mail, subject: str, context: dict[str, Any], connection: Any, *, template: str
) -> EmailMultiAlternatives:
    variables = {**letterhead(), **context, "subject": subject}
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=render_to_string(f"notifications/mail/{template}.txt", variables),
        from_email=sender(),
        to=[mail.person.email if mail.person else mail.address],
        headers=_headers(mail, context.get("unsubscribe", "")),
        connection=connection,
    )
    message.attach_alternative(
        render_to_string(f"notifications/mail/{template}.html", variables), "text/html"
    )
    return message


def _headers(mail: Mail, unsubscribe: str) -> dict[str, str]:
    host = settings.SITE_URL.split("//")[-1].split(":")[0]
    headers = {"Message-ID": f"<{mail.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    if unsubscribe:
        headers["List-Unsubscribe"] = f"<{unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers

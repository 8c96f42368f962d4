"""What a mail says: plain text and HTML, and how to get no more of them (RFC 8058)."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import ngettext

from civic.accounts.mail import letterhead, sender
from civic.notifications import kinds, unsubscribing
from civic.notifications.models import Mail, Notification

LISTED = 40  # more than that nobody reads in a mail


def compose(mail: Mail, connection: Any) -> EmailMultiAlternatives | None:
    """The message for this mail, or None where nothing is left to tell."""
    if mail.person is None:
        context = {"text": mail.text, "unsubscribe": mail.unsubscribe}
        return _message(mail, mail.subject, context, connection, template="letter")
    told = Notification.objects.filter(mail=mail).unread().select_related("actor").order_by("pk")
    news = list(told[: LISTED + 1])
    if not news:
        return None
    link = unsubscribing.link(mail.person, _stream(mail, news))
    context = {
        "single": news[0] if len(news) == 1 else None,
        "topics": _by_topic(news[:LISTED]),
        "more": len(news) > LISTED,
        "unsubscribe": link,
        "mail": mail,
    }
    return _message(mail, _subject(mail, news), context, connection, template="news")


def _stream(mail: Mail, news: list[Notification]) -> kinds.Stream | None:
    """What the mail's link switches off: its one stream, or, for a digest, all digests."""
    return None if mail.day else kinds.stream(news[0].stream)


def _subject(mail: Mail, news: list[Notification]) -> str:
    if len(news) == 1:
        return news[0].sentence
    return ngettext("%(count)s thing happened", "%(count)s things happened", len(news)) % {"count": len(news)}


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

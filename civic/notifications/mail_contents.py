"""What a mail about notifications says at the moment it is sent, and how to get no more of them."""

from collections import defaultdict
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civic.accounts import mail as outbox
from civic.accounts.letters import Letter, letterhead
from civic.accounts.models import Mail
from civic.core.registry import Hook
from civic.notifications import types, unsubscribing
from civic.notifications.models import Notification
from civic.notifications.types import Category

LISTED = 40  # more than that nobody reads in a mail
TOPIC_MOST = 60  # of a subject, phones show about this much


def compose(mail: Mail, at: datetime) -> Letter | None:
    """What the person has not read yet; None where nothing is left to tell."""
    told = Notification.objects.filter(mail=mail).unread().select_related("actor")
    news = list(told.order_by("notified_at", "pk")[: LISTED + 1])
    if not news or mail.person is None:
        return None
    subject = _subject(mail, news)
    context = {
        "single": news[0] if len(news) == 1 else None,
        "topics": _by_topic(news[:LISTED]),
        "more": len(news) > LISTED,
        "unsubscribe": unsubscribing.link(mail.person, _category(mail, news)),
        "subject": subject,
        **letterhead(),
    }
    text, html = (render_to_string(f"notifications/mail/news.{kind}", context) for kind in ("txt", "html"))
    return Letter(subject, text, html, context["unsubscribe"])


def _category(mail: Mail, news: list[Notification]) -> Category | None:
    """What the mail's link switches off: its one category, or, for a digest, all digests."""
    return None if mail.content == "digest" else types.category(news[0].category)


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


outbox.contents.register(Hook("news", compose), Hook("digest", compose))

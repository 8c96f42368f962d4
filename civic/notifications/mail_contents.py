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

LISTED = 40  # more than that nobody reads in a mail
TOPIC_MOST = 60  # of a subject, phones show about this much


def compose(mail: Mail, at: datetime) -> Letter | None:
    """What the person has not read yet; None where nothing is left."""
    unread = Notification.objects.filter(mail=mail).unread().select_related("actor")
    news = list(unread.order_by("notified_at", "pk")[: LISTED + 1])
    if not news or mail.person is None:
        return None
    subject = _subject(news)
    topics = defaultdict(list)
    for notification in news[:LISTED]:
        topics[notification.topic].append(notification)
    # The link switches off what the mail is of: one category or, for a digest, all digests.
    category = None if mail.content == "digest" else types.category(news[0].category)
    context = {
        "single": news[0] if len(news) == 1 else None,
        "topics": dict(topics),
        "more": len(news) > LISTED,
        "unsubscribe": unsubscribing.link(mail.person, category),
        "subject": subject,
        **letterhead(),
    }
    text, html = (render_to_string(f"notifications/mail/news.{kind}", context) for kind in ("txt", "html"))
    return Letter(subject, text, html, context["unsubscribe"])


def _subject(news: list[Notification]) -> str:
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


outbox.contents.register(Hook("news", compose), Hook("digest", compose))

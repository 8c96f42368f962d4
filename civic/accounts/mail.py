"""Letters by email: one plain text template each; the HTML part is made from the same text.

Convention of the templates `<prefix>_subject.txt` and `<prefix>_message.txt`: paragraphs are parted by empty
lines, and a paragraph of two lines, `Label:` and an address, is the button.
"""

import logging
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError

from civic.core.accent import light_tones

log = logging.getLogger(__name__)


def letterhead() -> dict[str, Any]:
    """What every letter's frame shows: the site's name and address, and the tones of its accent."""
    name, accent = import_string(settings.SITE_IDENTITY)()
    return {"site_name": name, "site_url": settings.SITE_URL, "tones": light_tones(accent)}


def sender() -> str:
    """Whom letters come from: the configured address under the name that editors gave the site."""
    return formataddr((letterhead()["site_name"], parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


@dataclass(frozen=True)
class Paragraph:
    """A piece of the letter: text, or a button where there is an address."""

    text: str
    href: str = ""


def compose(template_prefix: str, *, to: list[str], context: dict[str, Any]) -> EmailMultiAlternatives:
    """The letter as plain text with an HTML alternative; neither loads anything from elsewhere."""
    frame = letterhead()
    subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", frame | context).split())
    text = render_to_string(f"{template_prefix}_message.txt", frame | context).strip() + "\n"
    html = render_to_string("mail/letter.html", frame | {"subject": subject, "paragraphs": paragraphs(text)})
    message = EmailMultiAlternatives(subject, text, sender(), to)
    message.attach_alternative(html, "text/html")
    return message


def paragraphs(text: str) -> list[Paragraph]:
    """The parts of a plain text letter, buttons recognised."""
    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n")]
    return [_paragraph(block) for block in blocks if block]


def _paragraph(block: str) -> Paragraph:
    label, _, address = block.partition("\n")
    if label.endswith(":") and address.startswith(("http://", "https://")) and len(address.split()) == 1:
        return Paragraph(label.removesuffix(":"), address)
    return Paragraph(block)


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=8)
def deliver(to: list[str], subject: str, text: str, html: str) -> None:
    """Hands one letter to the mail server; a server that does not answer is asked again later."""
    message = EmailMultiAlternatives(subject, text, sender(), to)
    message.attach_alternative(html, "text/html")
    message.send()


def send(message: EmailMultiAlternatives) -> None:
    """Sends through the worker; where no broker answers, at once instead of never."""
    html = str(message.alternatives[0][0])
    letter: dict[str, Any] = {
        "to": message.to,
        "subject": str(message.subject),
        "text": str(message.body),
        "html": html,
    }
    try:
        deliver.delay(**letter)
    except OperationalError as error:
        log.warning("no broker, mail is sent directly: %s", error)
        deliver(**letter)

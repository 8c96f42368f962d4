"""Letters by email: one plain text template each; the HTML part is made from the same text.

Convention of the templates `<prefix>_subject.txt` and `<prefix>_message.txt`: paragraphs are parted by empty
lines, and a paragraph of two lines, `Label:` and an address, is the button.
"""

import logging
from dataclasses import dataclass
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Paragraph:
    """A piece of the letter: text, or a button where there is an address."""

    text: str
    href: str = ""


def compose(template_prefix: str, *, to: list[str], context: dict[str, Any]) -> EmailMultiAlternatives:
    """The letter as plain text with an HTML alternative; neither loads anything from elsewhere."""
    frame = {"site_name": settings.WAGTAIL_SITE_NAME, "site_url": settings.SITE_URL}
    subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", frame | context).split())
    text = render_to_string(f"{template_prefix}_message.txt", frame | context).strip() + "\n"
    html = render_to_string("mail/letter.html", frame | {"subject": subject, "paragraphs": paragraphs(text)})
    message = EmailMultiAlternatives(subject, text, settings.DEFAULT_FROM_EMAIL, to)
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
    message = EmailMultiAlternatives(subject, text, settings.DEFAULT_FROM_EMAIL, to)
    message.attach_alternative(html, "text/html")
    message.send()


def send(message: EmailMultiAlternatives) -> None:
    """Sends through the worker; where no broker answers, at once instead of never."""
    html = str(message.alternatives[0][0])
    letter = {"to": message.to, "subject": message.subject, "text": message.body, "html": html}
    try:
        deliver.delay(**letter)
    except OperationalError as error:
        log.warning("no broker, mail is sent directly: %s", error)
        deliver(**letter)

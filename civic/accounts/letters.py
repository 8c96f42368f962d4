"""How a letter by email looks: plain text, and HTML that is made from the same text. Neither loads anything.

Convention of the text: paragraphs are parted by empty lines, and a paragraph of two lines, `Label:` and an address, is
the button.
"""

from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from civic.core.accent import light_tones


def letterhead() -> dict[str, Any]:
    """What every letter may show: the site's name and addresses, and the tones of its accent."""
    name, accent, email = import_string(settings.SITE_IDENTITY)()
    tones = light_tones(accent)
    return {"site_name": name, "site_url": settings.SITE_URL, "contact_email": email, "tones": tones}


def sender() -> str:
    """Whom letters come from: the configured address under the name that editors gave the site."""
    return formataddr((letterhead()["site_name"], parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter."""

    name: str
    content: bytes
    mime: str


@dataclass(frozen=True)
class Letter:
    """What goes to the mail server; `unsubscribe` is where one click ends such mails (RFC 8058)."""

    subject: str
    text: str
    html: str
    unsubscribe: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """A piece of the letter: text, or a button where there is an address."""

    text: str
    href: str = ""


def paragraphs(text: str) -> list[Paragraph]:
    """The parts of a plain text letter, buttons recognised."""
    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n")]
    return [_paragraph(block) for block in blocks if block]


def _paragraph(block: str) -> Paragraph:
    label, _, address = block.partition("\n")
    if label.endswith(":") and address.startswith(("http://", "https://")) and len(address.split()) == 1:
        return Paragraph(label.removesuffix(":"), address)
    return Paragraph(block)


def written(template_prefix: str, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and text by the templates `<prefix>_subject.txt` and `<prefix>_message.txt`."""
    known = letterhead() | context
    subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", known).split())
    return subject, render_to_string(f"{template_prefix}_message.txt", known).strip() + "\n"


def typeset(subject: str, text: str, unsubscribe: str = "") -> Letter:
    """The letter with its HTML."""
    known = {"subject": subject, "paragraphs": paragraphs(text), "unsubscribe": unsubscribe}
    return Letter(subject, text, render_to_string("mail/letter.html", letterhead() | known), unsubscribe)

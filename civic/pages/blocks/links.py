"""Links as editors write them."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

# A path of this site, or an address with a scheme that only leads somewhere (never `javascript:`).
ADDRESS = re.compile(r"(/(?![/\\])|https?://|mailto:|tel:|#)[^\s\\]*", re.IGNORECASE)


def validate_address(address: str) -> None:
    """Raises ValidationError unless it is a path, a web address, an email or telephone link."""
    if not ADDRESS.fullmatch(address):
        raise ValidationError(
            _("Write a path of this site, like /projects/, or a full address, like https://…")
        )


class LinkBlock(blocks.StructBlock):
    """A text and where it leads. Paths stay right when a page moves: the site keeps a redirect."""

    text = blocks.CharBlock(label=_("text"), max_length=60)
    href = blocks.CharBlock(
        label=_("address"),
        max_length=500,
        validators=[validate_address],
        help_text=_("A path of this site, like /projects/ or /help/, or a full address."),
    )

    class Meta:
        icon = "link"
        label = _("Link")


class ButtonBlock(LinkBlock):
    """A link that looks like a button."""

    kind = blocks.ChoiceBlock(
        label=_("kind"),
        choices=[("", _("main")), ("second", _("second")), ("quiet", _("quiet"))],
        required=False,
        default="",
    )

    class Meta:
        icon = "link"
        label = _("Button")


def first_primary(buttons: Any) -> list[dict[str, str]]:
    """The buttons of one place: only the first main one stays main, so that a page has one next step."""
    shown, taken = [], False
    for button in buttons:
        kind = button["kind"] or ("second" if taken else "")
        taken = taken or kind == ""
        shown.append({"text": button["text"], "href": button["href"], "kind": kind})
    return shown

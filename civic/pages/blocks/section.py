"""The frame that all blocks share: a heading, a sentence below it, and the ground they stand on."""

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from civic.pages.blocks.links import first_primary

TONES = [
    ("plain", _("white")),
    ("sunken", _("grey")),
    ("soft", _("light accent")),
    ("deep", _("dark accent")),
]


class SectionValue(blocks.StructValue):
    """What templates ask of any block."""

    @property
    def anchor(self) -> str:
        """The fragment under which the block's heading can be linked; empty without a heading."""
        return slugify(self.get("heading") or "")[:60]

    @property
    def shown_buttons(self) -> list[dict[str, str]]:
        """The block's buttons; one of them at most is a main one."""
        return first_primary(self["buttons"])

    @property
    def tone(self) -> str:
        """The ground to stand on; a block without the choice stands on the page."""
        return str(self.get("ground") or "plain")


class Ground(blocks.ChoiceBlock):
    """The choice of the ground."""

    def __init__(self, default: str = "plain", **kwargs: Any) -> None:
        super().__init__(
            choices=TONES,
            default=default,
            label=_("Ground"),
            help_text=_("Shown on the home page."),
            **{
                name: value for name, value in kwargs.items() if name not in ("choices", "label", "help_text")
            },
        )


class Section(blocks.StructBlock):
    """A block with an optional heading and introduction."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=100)
    intro = blocks.CharBlock(label=_("Sentence below it"), required=False, max_length=240)
    ground = Ground()

    class Meta:
        value_class = SectionValue

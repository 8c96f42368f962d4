"""Blocks of words and pictures."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from civic.pages.blocks.choosers import LateImageChooser
from civic.pages.blocks.links import ButtonBlock
from civic.pages.blocks.section import Ground, Section, SectionValue

RICH = ["h3", "h4", "bold", "italic", "ol", "ul", "hr", "link", "document-link"]
UNSEEN = _("For people who cannot see it.")
SHORT = ["bold", "italic", "ol", "ul", "link", "document-link"]
ICONS = [
    ("idea", _("light bulb")),
    ("edit", _("pencil")),
    ("vote", _("ballot")),
    ("handshake", _("handshake")),
    ("chart", _("chart")),
    ("money", _("money")),
    ("people", _("people")),
    ("calendar", _("calendar")),
    ("shield", _("shield")),
    ("support", _("heart")),
    ("check", _("tick")),
    ("search", _("magnifier")),
    ("trophy", _("cup")),
    ("map", _("map")),
    ("comment", _("speech bubble")),
]


class TextBlock(Section):
    """Paragraphs, lists and links."""

    text = blocks.RichTextBlock(label=_("Text"), features=RICH)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "pages/blocks/text.html"


class HeadingBlock(blocks.StructBlock):
    """A heading between blocks; long pages list them beside the text."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=100)
    ground = Ground()

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "pages/blocks/heading.html"
        value_class = SectionValue


class PictureBlock(blocks.StructBlock):
    """A picture that says, to those who cannot see it, what it shows."""

    image = LateImageChooser(label=_("Picture"))
    alt = blocks.CharBlock(label=_("What it shows"), max_length=200, help_text=UNSEEN)
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=240)
    ground = Ground()

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "pages/blocks/picture.html"
        value_class = SectionValue


class SplitBlock(Section):
    """Text on one side, a picture on the other."""

    image = LateImageChooser(label=_("Picture"))
    alt = blocks.CharBlock(label=_("What it shows"), max_length=200, help_text=UNSEEN)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT)
    buttons = blocks.ListBlock(ButtonBlock(), label=_("Buttons"), default=[], max_num=2)
    picture_first = blocks.BooleanBlock(label=_("Picture on the left"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Text beside a picture")
        template = "pages/blocks/split.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("What was said"), max_length=400)
    by = blocks.CharBlock(label=_("By whom"), required=False, max_length=120)
    ground = Ground()

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "pages/blocks/quote.html"
        value_class = SectionValue


class Step(blocks.StructBlock):
    """One of a few steps."""

    title = blocks.CharBlock(label=_("Title"), max_length=60)
    text = blocks.TextBlock(label=_("Text"), max_length=400)
    icon = blocks.ChoiceBlock(label=_("Sign"), choices=ICONS, required=False)

    class Meta:
        icon = "list-ol"


class StepsBlock(Section):
    """How something works, one step after the other."""

    steps = blocks.ListBlock(Step(), label=_("Steps"), min_num=2, max_num=6)
    buttons = blocks.ListBlock(ButtonBlock(), label=_("Buttons"), default=[], max_num=2)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "pages/blocks/steps.html"


class Question(blocks.StructBlock):
    """A question that people really ask, with its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=160)
    answer = blocks.RichTextBlock(label=_("Answer"), features=SHORT)

    class Meta:
        icon = "help"


class FaqBlock(Section):
    """Questions that open on a click and can be found by the browser's own search."""

    questions = blocks.ListBlock(Question(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "pages/blocks/faq.html"


class FactsTableBlock(Section):
    """A table of words and figures; on a phone it scrolls inside its frame."""

    table = TypedTableBlock(
        [("text", blocks.CharBlock(required=False)), ("number", blocks.DecimalBlock(required=False))],
        label=_("Table"),
    )

    class Meta:
        icon = "table"
        label = _("Table")
        template = "pages/blocks/table.html"


class ButtonsBlock(blocks.StructBlock):
    """A row of links that look like buttons."""

    buttons = blocks.ListBlock(ButtonBlock(), label=_("Buttons"), min_num=1, max_num=4)
    ground = Ground()

    class Meta:
        icon = "link"
        label = _("Buttons")
        template = "pages/blocks/buttons.html"
        value_class = SectionValue


class CallToActionBlock(blocks.StructBlock):
    """What to do next, large."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=100)
    text = blocks.CharBlock(label=_("Text"), required=False, max_length=240)
    buttons = blocks.ListBlock(ButtonBlock(), label=_("Buttons"), min_num=1, max_num=2)
    ground = Ground(default="deep")

    class Meta:
        icon = "pick"
        label = _("Call to action")
        template = "pages/blocks/call_to_action.html"
        value_class = SectionValue

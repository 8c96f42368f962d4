"""Blocks that show what is in the exchange now. `Live`, which their templates ask, reads for all of them at once."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from civic.pages.blocks.choosers import CallChooser, LatePageChooser, ProjectChooser
from civic.pages.blocks.section import Section
from projects.proposals.models import Theme
from projects.proposals.queries.listing import Stage


class Order(models.TextChoices):
    """Which projects come first."""

    NEWEST = "newest", _("newest first")
    SUPPORTED = "supported", _("most supported first")


class NumbersBlock(Section):
    """How many projects, people, comments, and how much money was decided; each with its definition."""

    class Meta:
        icon = "history"
        label = _("Live numbers")
        template = "pages/blocks/numbers.html"


class CallsBlock(Section):
    """The calls that run now, with what happens in them and how many days are left."""

    empty = blocks.CharBlock(
        label=_("Shown when no call is open"),
        required=False,
        max_length=240,
        default="No call is open at the moment. The next one will be announced here.",
    )

    class Meta:
        icon = "calendar"
        label = _("Open calls")
        template = "pages/blocks/calls.html"


class ProjectsBlock(Section):
    """Projects chosen by hand, or found by call, theme and stage."""

    picked = blocks.ListBlock(
        ProjectChooser(),
        label=_("Chosen by hand"),
        default=[],
        max_num=12,
        help_text=_("With projects here, the choices below have no effect."),
    )
    call = CallChooser(label=_("Of this call"), required=False)
    theme = blocks.ChoiceBlock(label=_("About"), choices=Theme.choices, required=False)
    stage = blocks.ChoiceBlock(label=_("In this stage"), choices=Stage.choices, required=False)
    order = blocks.ChoiceBlock(label=_("Order"), choices=Order.choices, default=Order.SUPPORTED)
    count = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=12)

    class Meta:
        icon = "pick"
        label = _("Live projects")
        template = "pages/blocks/projects.html"


class StoriesBlock(Section):
    """Stories chosen by hand, or the newest ones."""

    picked = blocks.ListBlock(
        LatePageChooser(page_type="pages.StoryPage"), label=_("Chosen by hand"), default=[], max_num=6
    )
    count = blocks.IntegerBlock(label=_("Otherwise the newest"), default=3, min_value=1, max_value=6)

    class Meta:
        icon = "doc-full"
        label = _("Stories")
        template = "pages/blocks/stories.html"

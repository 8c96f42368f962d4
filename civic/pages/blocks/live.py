"""Blocks that show what is in the exchange now. `Live` reads for all of them at once."""

from typing import Any

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


class LiveSection(Section):
    """A section whose content `Live` finds, by the name of the block."""

    def found(self, live: Any, value: Any) -> dict[str, Any]:
        """The template's variables."""
        raise NotImplementedError

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        live = (parent_context or {}).get("live")
        return context | (self.found(live, value) if live else {})


class NumbersBlock(LiveSection):
    """How many projects, people, comments, and how much money was decided; each with its definition."""

    class Meta:
        icon = "history"
        label = _("Live numbers")
        template = "pages/blocks/numbers.html"

    def found(self, live: Any, value: Any) -> dict[str, Any]:
        return {"figures": live.figures}


class CallsBlock(LiveSection):
    """The calls that run now, with what happens in them and how many days are left."""

    empty = blocks.CharBlock(
        label=_("shown when no call is open"),
        required=False,
        max_length=240,
        default="No call is open at the moment. The next one will be announced here.",
    )

    class Meta:
        icon = "calendar"
        label = _("Open calls")
        template = "pages/blocks/calls.html"

    def found(self, live: Any, value: Any) -> dict[str, Any]:
        return {"calls": live.calls}


class ProjectsBlock(LiveSection):
    """Projects chosen by hand, or found by call, theme and stage."""

    picked = blocks.ListBlock(
        ProjectChooser(),
        label=_("chosen by hand"),
        default=[],
        max_num=12,
        help_text=_("With projects here, the choices below have no effect."),
    )
    call = CallChooser(label=_("of this call"), required=False)
    theme = blocks.ChoiceBlock(label=_("about"), choices=Theme.choices, required=False)
    stage = blocks.ChoiceBlock(label=_("in this stage"), choices=Stage.choices, required=False)
    order = blocks.ChoiceBlock(label=_("order"), choices=Order.choices, default=Order.SUPPORTED)
    count = blocks.IntegerBlock(label=_("how many"), default=3, min_value=1, max_value=12)

    class Meta:
        icon = "pick"
        label = _("Live projects")
        template = "pages/blocks/projects.html"

    def found(self, live: Any, value: Any) -> dict[str, Any]:
        query = {"theme": value["theme"], "stage": value["stage"], "sort": value["order"]}
        return {"projects": live.projects(value), "query": {k: v for k, v in query.items() if v}}


class StoriesBlock(LiveSection):
    """Stories chosen by hand, or the newest ones."""

    picked = blocks.ListBlock(
        LatePageChooser(page_type="pages.StoryPage"), label=_("chosen by hand"), default=[], max_num=6
    )
    count = blocks.IntegerBlock(label=_("otherwise the newest"), default=3, min_value=1, max_value=6)

    class Meta:
        icon = "doc-full"
        label = _("Stories")
        template = "pages/blocks/stories.html"

    def found(self, live: Any, value: Any) -> dict[str, Any]:
        return {"stories": live.stories(value)}

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from civic.pages.blocks import ALL_BLOCKS
from civic.pages.blocks.links import ButtonBlock
from civic.pages.models.base import PublicPage


class HomePage(PublicPage):
    """The front door: one sentence, a picture, one next step, and below that whatever the council composes."""

    sentence = models.CharField(
        _("sentence"),
        max_length=120,
        help_text=_("What this is, in one sentence. The largest words of the site."),
    )
    buttons = StreamField(
        [("button", ButtonBlock())], blank=True, max_num=2, verbose_name=_("buttons below it")
    )
    body = StreamField(ALL_BLOCKS, blank=True, verbose_name=_("content"))

    max_count = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = [
        "pages.StandardPage",
        "pages.HelpIndexPage",
        "pages.StoryIndexPage",
        "pages.CallPage",
    ]
    content_panels: ClassVar = [
        FieldPanel("title"),
        MultiFieldPanel(
            [FieldPanel("sentence"), FieldPanel("lead"), FieldPanel("buttons")], _("First screen")
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("home page")

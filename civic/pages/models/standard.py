from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageQuerySet

from civic.pages.blocks import ALL_BLOCKS
from civic.pages.models.base import SEARCHED, PublicPage


class HelpIndexPage(PublicPage):
    """A section of the site: says what it is about and lists the pages below it."""

    body = StreamField(ALL_BLOCKS, blank=True, verbose_name=_("content"))

    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar = ["pages.StandardPage"]
    content_panels: ClassVar = [*PublicPage.content_panels, FieldPanel("body")]
    search_fields: ClassVar = SEARCHED

    class Meta:
        verbose_name = _("help index")

    def pages(self) -> "models.QuerySet[StandardPage]":
        """The published pages of this section, in the order of the CMS."""
        found: models.QuerySet[StandardPage] = StandardPage.objects.child_of(self).live().defer_streamfields()
        return found.order_by("path")


class StandardPage(PublicPage):
    """A page of words: help, about, privacy, accessibility, rules."""

    body = StreamField(ALL_BLOCKS, blank=True, verbose_name=_("content"))

    parent_page_types: ClassVar = ["pages.HomePage", "pages.HelpIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [*PublicPage.content_panels, FieldPanel("body")]
    search_fields: ClassVar = SEARCHED

    class Meta:
        verbose_name = _("page")

    @property
    def in_section(self) -> bool:
        """Whether it belongs to a section and not straight to the home page."""
        return bool(self.depth > 3)

    def section(self) -> PageQuerySet:
        """The published pages of its section, itself among them; the section's own page first. One statement."""
        above = self.path[: -self.steplen]
        pages: PageQuerySet = Page.objects.live().filter(path__startswith=above, depth__lte=self.depth)
        return pages.order_by("path")

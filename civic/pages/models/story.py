from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from civic.core import clock
from civic.pages.blocks import ALL_BLOCKS
from civic.pages.models.base import SEARCHED, PublicPage


class StoryIndexPage(PublicPage):
    """All stories, the newest first."""

    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar = ["pages.StoryPage"]

    class Meta:
        verbose_name = _("story index")

    def stories(self) -> "models.QuerySet[StoryPage]":
        """The published stories, the newest first."""
        found: models.QuerySet[StoryPage] = StoryPage.objects.child_of(self).live().defer_streamfields()
        return found.order_by("-day", "-pk")


def today() -> object:
    """The day a new story is dated."""
    return clock.now().date()


class StoryPage(PublicPage):
    """What became of a project, told with a picture."""

    day = models.DateField(_("day"), default=today)
    picture = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    picture_alt = models.CharField(
        _("what it shows"), max_length=200, blank=True, help_text=_("For people who cannot see it.")
    )
    project = models.ForeignKey(
        "proposals.Project",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("project it is about"),
    )
    body = StreamField(ALL_BLOCKS, blank=True, verbose_name=_("content"))

    parent_page_types: ClassVar = ["pages.StoryIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *PublicPage.content_panels,
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], _("Picture")),
        FieldPanel("day"),
        FieldPanel("project"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar = SEARCHED

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        indexes: ClassVar = [models.Index(fields=["-day", "-page_ptr"], name="story_newest")]

    def clean(self) -> None:
        super().clean()
        if self.picture and not self.picture_alt.strip():
            raise ValidationError(
                {"picture_alt": _("Say what the picture shows, for people who cannot see it.")}
            )

"""The page types of the CMS and what they share."""

from http import HTTPMethod
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageQuerySet, PageViewRestriction
from wagtail.search import index

from civic.core import clock
from civic.pages.blocks import ALL_BLOCKS, TEXT_BLOCKS
from civic.pages.blocks.links import ButtonBlock, first_primary

# What the search reads of a page with a body.
SEARCHED = [*Page.search_fields, index.SearchField("body"), index.SearchField("lead")]


class PublicPage(Page):
    """A page for everybody: none can be locked away, since a front cache may keep them all."""

    private_page_options: ClassVar[list[str]] = []
    allowed_http_methods: ClassVar = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]

    lead = models.CharField(
        _("lead"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences under the title; search engines and lists show them too."),
    )

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead")]
    promote_panels: ClassVar = [FieldPanel("slug"), FieldPanel("seo_title")]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        self.search_description = self.lead

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """None, and no question to the database about it."""
        return PageViewRestriction.objects.none()


class CallPage(PublicPage):
    """What editors add to a call: words and pictures that the call's own page shows. It has no page of its own."""

    call = models.OneToOneField(
        "calls.Call", on_delete=models.PROTECT, related_name="editorial", verbose_name=_("call")
    )
    body = StreamField(TEXT_BLOCKS, blank=True, verbose_name=_("content"))

    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [FieldPanel("title"), FieldPanel("call"), FieldPanel("body")]

    class Meta:
        verbose_name = _("text of a call")
        verbose_name_plural = _("texts of calls")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Leads to the call."""
        return HttpResponsePermanentRedirect(self.call.get_absolute_url())

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """None: the call's page is listed with the calls."""
        return []


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

    def hero_buttons(self) -> list[dict[str, str]]:
        """The buttons of the first screen, one of them the main one."""
        return first_primary(button.value for button in self.buttons)


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
    return localdate(clock.now())


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

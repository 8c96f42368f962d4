"""What all page types share."""

from http import HTTPMethod
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

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

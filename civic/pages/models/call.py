from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from civic.pages.blocks import TEXT_BLOCKS
from civic.pages.models.base import PublicPage


class CallPage(PublicPage):
    """What editors add to a call: words and pictures that the call's own page shows. It has no page of its own."""

    call = models.OneToOneField(
        "calls.Call", on_delete=models.PROTECT, related_name="editorial", verbose_name=_("call")
    )
    body = StreamField(TEXT_BLOCKS, blank=True, verbose_name=_("content"))

    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar = []
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

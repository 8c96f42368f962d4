from typing import Any, ClassVar

from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from civic.core.accent import DEFAULT_ACCENT
from civic.core.colour import channels
from civic.pages.blocks.links import LinkBlock

LOOK = "pages:look"  # where the cache keeps what `civic.pages.look` reads


def validate_accent(colour: str) -> None:
    """Raises ValidationError where the colour is not written like `#0b6375`."""
    try:
        channels(colour)
    except ValueError:
        raise ValidationError(_("Write the colour as # and six digits, like #0b6375.")) from None
    if not colour.startswith("#"):
        raise ValidationError(_("A colour begins with #."))


def forget_look() -> None:
    """What every page's frame keeps of the settings is read anew."""
    cache.delete(LOOK)


@register_setting(icon="palette", order=1)
class SiteSettings(BaseSiteSetting):
    """The city's name and look, as the council sets them; every page's frame reads them from a cache."""

    site_name = models.CharField(_("name of this site"), max_length=60, default="Civic Exchange")
    city_name = models.CharField(_("name of the city"), max_length=60, blank=True)
    claim = models.CharField(
        _("claim"), max_length=160, blank=True, help_text=_("One line that says what this site is for.")
    )
    logo = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("At least 120 pixels high, on a transparent or white ground."),
    )
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        default=DEFAULT_ACCENT,
        validators=[validate_accent],
        help_text=_(
            "Any colour, like #0b6375. Its tones are made so that text on and in them stays readable."
        ),
    )
    hero = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture of the home page"),
        help_text=_("At least 1600 pixels wide. Without one a townscape is drawn in the accent colour."),
    )
    hero_alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)
    contact_address = models.TextField(_("postal address"), max_length=400, blank=True)
    contact_email = models.EmailField(_("email for questions"), blank=True)
    contact_phone = models.CharField(_("telephone for questions"), max_length=40, blank=True)
    footer_links = StreamField(
        [("link", LinkBlock())], blank=True, verbose_name=_("more links in the footer"), max_num=8
    )

    panels: ClassVar = [
        MultiFieldPanel([FieldPanel("site_name"), FieldPanel("city_name"), FieldPanel("claim")], _("Names")),
        MultiFieldPanel(
            [
                FieldPanel("logo"),
                FieldPanel("accent", widget=forms.TextInput(attrs={"type": "color"})),
                FieldPanel("hero"),
                FieldPanel("hero_alt"),
            ],
            _("Look"),
        ),
        MultiFieldPanel(
            [FieldPanel("contact_address"), FieldPanel("contact_email"), FieldPanel("contact_phone")],
            _("Contact"),
        ),
        FieldPanel("footer_links"),
    ]

    class Meta:
        verbose_name = _("name and look")

    def __str__(self) -> str:
        return self.site_name

    def clean(self) -> None:
        super().clean()
        if self.hero and not self.hero_alt.strip():
            raise ValidationError(
                {"hero_alt": _("Say what the picture shows, for people who cannot see it.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores the settings; every page shows them from then on."""
        super().save(*args, **kwargs)
        # Twice: at once for what reads it in this transaction, and after the commit, because another process may have
        # read the old row into the cache in between.
        forget_look()
        transaction.on_commit(forget_look)

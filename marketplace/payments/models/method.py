from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from civic.core.models import Row


class Method(Row):
    """A way to pay that somebody saved at a provider; we keep its name there and what to call it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="methods",
    )
    provider = models.CharField(_("provider"), max_length=12)
    customer_ref = models.CharField(
        _("customer at the provider"), max_length=80, blank=True
    )
    provider_ref = models.CharField(_("name at the provider"), max_length=80)
    label = models.CharField(
        _("label"),
        max_length=80,
        help_text=_("As the payer knows it: “Visa ending 4242”."),
    )

    class Meta:
        verbose_name = _("payment method")
        verbose_name_plural = _("payment methods")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "provider_ref"], name="one_method_a_provider_ref"
            ),
        ]

    def __str__(self) -> str:
        return self.label

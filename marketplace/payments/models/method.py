from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.states import Stateful, state_field
from marketplace.ledger.models import Book
from marketplace.payments.states import SETUP, SetupState


class Method(BaseModel):
    """A way to pay that somebody saved at a provider; we keep its name there and what to call it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="methods"
    )
    provider = models.CharField(_("provider"), max_length=12)
    customer_ref = models.CharField(_("customer at the provider"), max_length=80, blank=True)
    provider_ref = models.CharField(_("name at the provider"), max_length=80)
    label = models.CharField(
        _("label"), max_length=80, help_text=_("As the payer knows it: “Visa ending 4242”.")
    )
    removed_at = models.DateTimeField(_("removed by its owner"), null=True, editable=False)

    class Meta:
        verbose_name = _("payment method")
        verbose_name_plural = _("payment methods")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "provider_ref"], name="one_method_a_provider_ref")
        ]

    def __str__(self) -> str:
        return self.label


class MethodSetup(Stateful, BaseModel):
    """Somebody saves a way to pay at a provider, and nothing is charged: for what is collected later.

    `purpose` names the thing of a higher slice that it is for (`pledge:<id>`).
    """

    TRANSITIONS = SETUP
    noun = "setup"

    book = models.CharField(_("book"), max_length=4, choices=Book)
    provider = models.CharField(_("provider"), max_length=12)
    provider_ref = models.CharField(_("name at the provider"), max_length=120, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="method_setups"
    )
    purpose = models.CharField(_("purpose"), max_length=80)
    method = models.OneToOneField(Method, on_delete=models.PROTECT, null=True, related_name="setup")
    state = state_field(SetupState, 8)
    payer_url = models.CharField(_("where the payer goes on"), max_length=2000, blank=True)
    return_path = models.CharField(_("where the payer comes back to"), max_length=200)
    failure = models.CharField(_("why it failed"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("saving of a method")
        verbose_name_plural = _("savings of methods")
        indexes: ClassVar = [models.Index(fields=["purpose"], name="setup_purpose")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "provider_ref"],
                condition=~Q(provider_ref=""),
                name="one_setup_a_provider_ref",
            ),
            models.CheckConstraint(
                condition=~Q(state=SetupState.SAVED) | Q(method__isnull=False),
                name="setup_saved_with_its_method",
            ),
        ]

    def __str__(self) -> str:
        return self.purpose

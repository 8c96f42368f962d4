"""What keeps a campaign's money where it is."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from marketplace.campaigns.models.campaign import Campaign


class Hold(BaseModel):
    """While one stands, nothing of the campaign is paid out: a dispute runs, or a finance officer has doubts."""

    class Kind(models.TextChoices):
        DISPUTE = "dispute", _("a payment is disputed")
        DOUBT = "doubt", _("set by a finance officer")

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="holds")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    key = models.CharField(_("what for"), max_length=80, help_text=_("The disputed charge, or a token."))
    reason = models.CharField(_("reason"), max_length=300)
    placed_at = models.DateTimeField(_("placed"))
    lifted_at = models.DateTimeField(_("lifted"), null=True, editable=False)

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "key"], name="one_hold_a_key")]
        indexes: ClassVar = [
            models.Index(fields=["campaign"], condition=Q(lifted_at=None), name="hold_standing")
        ]

    def __str__(self) -> str:
        return self.reason

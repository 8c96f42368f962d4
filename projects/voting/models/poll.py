from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.calls.models import Call


class Poll(models.Model):
    """The vote in one call: the committed draw before it, the seal after it, and how far the count has come.

    `commitment` is the SHA-256 of `seed`; it is public from the start, the seed only with the tally.
    """

    call = models.OneToOneField(Call, primary_key=True, on_delete=models.PROTECT, related_name="poll")
    seed = models.CharField(max_length=64, editable=False)
    commitment = models.CharField(_("commitment to the draw"), max_length=64, editable=False)
    prepared_at = models.DateTimeField(_("prepared"))
    sealed_at = models.DateTimeField(_("sealed"), null=True, editable=False)
    ballots = models.PositiveIntegerField(_("ballots sealed"), null=True, editable=False)
    counting = models.CharField(_("counting"), max_length=200, blank=True, editable=False)
    counted = models.PositiveSmallIntegerField(_("counted, in percent"), default=0, editable=False)

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(sealed_at=None, ballots=None)
                | models.Q(sealed_at__isnull=False, ballots__isnull=False),
                name="sealed_poll_knows_its_ballots",
            ),
        ]

    def __str__(self) -> str:
        return str(self.call)

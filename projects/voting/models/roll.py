from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from projects.calls.models import Call


class PaperVoter(BaseModel):
    """That somebody was handed a paper ballot in a call, and so has no online ballot there.

    `identity` and `document` are the city's keyed marks of the person (civic.accounts.identity); `voter` is the mark
    of their online ballots in this call, where an account of theirs is known. Nothing says which paper it was:
    the database keeps the papers in the box at or below the number of people who were handed one. Append-only.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="paper_voters")
    identity = models.CharField(max_length=64, editable=False)
    document = models.CharField(max_length=64, blank=True, editable=False)
    voter = models.CharField(_("voter"), max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("paper voter")
        verbose_name_plural = _("paper voters")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(identity=""), name="paper_voter_is_somebody"),
            models.UniqueConstraint(fields=["call", "identity"], name="one_paper_an_identity"),
            models.UniqueConstraint(
                fields=["call", "document"], condition=~Q(document=""), name="one_paper_a_document"
            ),
            models.UniqueConstraint(
                fields=["call", "voter"], condition=~Q(voter=""), name="one_paper_a_voter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.identity[:12]}"

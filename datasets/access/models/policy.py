from hashlib import sha256
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from datasets.catalogue.models import Dataset

LONGEST_DAYS = 5 * 366
USUAL_DAYS = 366


class Policy(BaseModel):
    """What a dataset asks of whoever wants to read it, besides its access level; without one there are no questions."""

    event_fields = {"dataset": "dataset_id"}
    noun = "access_policy"

    dataset = models.OneToOneField(Dataset, on_delete=models.CASCADE, related_name="access_policy")
    terms = models.TextField(_("terms"), max_length=4000, blank=True)
    questions = ArrayField(
        models.CharField(max_length=200), verbose_name=_("questions"), default=list, blank=True
    )
    longest_days = models.PositiveIntegerField(
        _("longest time in days"),
        default=USUAL_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_DAYS)],
    )

    class Meta:
        verbose_name = _("access policy")
        verbose_name_plural = _("access policies")
        ordering: ClassVar = ["dataset"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(longest_days__gte=1, longest_days__lte=LONGEST_DAYS),
                name="access_policy_longest_days",
            ),
        ]

    def __str__(self) -> str:
        return str(self.dataset)

    @classmethod
    def of(cls, dataset: Dataset) -> "Policy":
        """That of the dataset; where its publisher has said nothing, the usual one, which is not stored."""
        return cls.objects.filter(dataset=dataset).first() or cls(dataset=dataset)

    @property
    def digest(self) -> str:
        """SHA-256 of what somebody accepts: the terms, for how long, and the licence. A page sends it back."""
        return sha256(
            "\n".join([self.dataset.licence, str(self.longest_days), self.terms]).encode()
        ).hexdigest()

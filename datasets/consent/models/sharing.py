from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core.models import BaseModel
from civic.core.states import Stateful, state_field
from datasets.consent.models.collection import Collection, Notice, Purpose
from datasets.consent.states import CONSENT, ConsentState


class Submission(BaseModel):
    """A person's answers to the questions of a collection. No query reaches it; it goes with the account.

    `earlier` has by their version those that a release has counted: it is published as it was counted, whatever is
    corrected meanwhile (docs/adr/0050-releases-in-multiples-of-k.md).
    """

    event_fields = {"collection": "collection_id"}
    noun = "submission"

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="submissions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="submissions")
    values = models.JSONField(_("answers"))
    sent_at = models.DateTimeField(_("shared"))
    changed_at = models.DateTimeField(_("changed"))
    version = models.PositiveIntegerField(_("version"), default=1)
    earlier = models.JSONField(_("answers that were counted before"), default=dict)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering: ClassVar = ["-sent_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collection", "person"], name="one_submission_a_person")
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def answers(self) -> list[tuple[str, Any]]:
        """Each question with its answer."""
        return [(one["label"], self.values.get(one["name"])) for one in self.collection.questions]


class Consents(models.QuerySet["Consent"]):
    """Which consents there are."""

    def standing(self) -> Self:
        """Given and not withdrawn; of an erased account none."""
        return self.filter(state=ConsentState.GIVEN, person__isnull=False)

    def of(self, person: Person) -> Self:
        """The person's own."""
        return self.filter(person_id=person.pk)

    def counted(self, purpose: Purpose, notice: Notice) -> Self:
        """Those that a release is made from: given to these words, by who can withdraw, and has shared something.

        Whoever is suspended cannot come and withdraw, so what they shared rests.
        """
        shared = Q(person__submissions__collection=purpose.collection_id)
        return self.standing().filter(shared, purpose=purpose, notice=notice, person__is_active=True)


class Consent(Stateful, BaseModel):
    """One person's permission for one purpose by one version of its notice. Only its withdrawal is ever added.

    `receipt` and `withdrawal` are records by ISO/IEC TS 27560 in JSON-LD; no person is named in them. The signatures
    are the installation's, over their bytes.
    """

    TRANSITIONS = CONSENT
    event_fields = {"purpose": "purpose_id", "notice": "notice_id"}
    noun = "consent"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="consents")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="consents")
    given_at = models.DateTimeField(_("given"))
    receipt = models.TextField(_("receipt"))
    signature = models.CharField(_("signature"), max_length=120)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    withdrawal = models.TextField(_("receipt of the withdrawal"), blank=True, default="")
    withdrawal_signature = models.CharField(
        _("signature of the withdrawal"), max_length=120, blank=True, default=""
    )
    state = state_field(ConsentState, 9)

    objects = Consents.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering: ClassVar = ["-given_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "notice"], condition=Q(state="given"), name="one_standing_consent_a_notice"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("consent:mine")

    @property
    def is_used(self) -> bool:
        """Whether something new is made with it: it stands, and is to the words that hold now."""
        return self.state == ConsentState.GIVEN and self.notice == self.purpose.newest_notice

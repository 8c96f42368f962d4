import smtplib
from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic.accounts.models.person import Person
from civic.core.models import BaseModel
from civic.core.work import Job


class Unreached(Exception):
    """The mail server does not answer; it has taken nothing."""


# The server said no before it took the mail, so that another try cannot send it twice.
NOT_TAKEN = (
    Unreached,
    smtplib.SMTPConnectError,
    smtplib.SMTPDataError,
    smtplib.SMTPHeloError,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
)


class LetterCount(BaseModel):
    """How many letters of a day went to strangers: to one address, or of one sender (`mail.count_to_stranger`).

    `mark` is a keyed digest, so that the table holds no address; rows of earlier days are deleted.
    """

    mark = models.CharField(max_length=64)
    day = models.DateField()
    letters = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("count of letters to strangers")
        verbose_name_plural = _("counts of letters to strangers")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mark", "day"], name="one_letter_count_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.mark[:8]}"


class Mail(Job, BaseModel):
    """One email on its way, to a person or to an address.

    `content` names who makes its text when it is sent (`civic.accounts.mail.contents`); `about` is what that is made
    from. What a letter says and to whom is kept until it is sent and no longer. `key` writes once only: for each
    person, and for all letters.
    """

    pauses = (timedelta(minutes=2), timedelta(minutes=15), timedelta(hours=2), timedelta(hours=12))
    forgets: ClassVar[dict[str, Any]] = {"address": "", "subject": "", "text": "", "unsubscribe": ""}

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="mails")
    address = models.EmailField(_("address"), blank=True)
    content = models.CharField(_("content"), max_length=20)
    about = models.UUIDField(null=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    unsubscribe = models.CharField(
        max_length=500, blank=True, help_text=_("Where the address ends these mails by one click (RFC 8058).")
    )
    key = models.CharField(max_length=120, blank=True, help_text=_("The same key writes once only."))

    class Meta(Job.Meta):
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "key"], condition=~Q(key=""), name="one_mail_a_person_and_key"
            ),
            models.UniqueConstraint(
                fields=["key"], condition=Q(person=None) & ~Q(key=""), name="one_letter_a_key"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, address="")
                | Q(person=None) & (~Q(address="") | Q(done_at__isnull=False) | Q(dead_at__isnull=False)),
                name="mail_to_a_person_or_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content} {self.pk}"

    def describe(self, error: Exception) -> str:
        """The kind of failure and what the server answered, without the words: they name the address."""
        refused = [code for code, _words in getattr(error, "recipients", {}).values()]
        codes = refused or [getattr(error, "smtp_code", "")]
        return " ".join(map(str, [type(error).__name__, *codes])).strip()

    @property
    def is_forgotten(self) -> bool:
        """A letter is, once it was given up; mail to a person is made anew when it is sent."""
        return self.person_id is None and not self.address

    def repeatable(self, error: Exception | None) -> bool:
        """A letter rather comes twice than never; a notification stands on the site anyway and comes once."""
        return self.person_id is None or isinstance(error, NOT_TAKEN)

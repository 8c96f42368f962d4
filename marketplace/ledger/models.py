"""Accounts, entries, postings and what proves them. Written by this slice's operations only.

Amounts are integer minor units, debit positive and credit negative. Rows are never changed: triggers (see
the migrations) refuse it, as they refuse unbalanced entries, late postings, mixed books and overdrafts.
"""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from civic.core import ids
from civic.core.models import BaseModel


class Book(models.TextChoices):
    """Three books that never touch: invented money, a provider's test mode, and real money."""

    DEMO = "demo", _("demo")
    TEST = "test", _("test")
    LIVE = "live", _("live")


class Account(models.Model):
    """Something that money is in, owed to, earned by or spent on, in one book and currency."""

    class Kind(models.TextChoices):
        ASSET = "A", _("asset")
        LIABILITY = "L", _("liability")
        INCOME = "I", _("income")
        EXPENSE = "E", _("expense")
        EQUITY = "Q", _("equity")

    book = models.CharField(_("book"), max_length=4, choices=Book)
    code = models.CharField(_("code"), max_length=120)
    currency = models.CharField(_("currency"), max_length=3)
    kind = models.CharField(_("kind"), max_length=1, choices=Kind)
    floor_zero = models.BooleanField(_("may not go below zero"), default=False)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["book", "code", "currency"], name="one_account_a_code"),
            # What the composite foreign keys of postings point to (see the triggers' migration).
            models.UniqueConstraint(fields=["id", "book", "currency"], name="account_in_its_book"),
            models.CheckConstraint(condition=Q(book__in=Book.values), name="account_book_known"),
            models.CheckConstraint(
                condition=Q(kind__in=["A", "L", "I", "E", "Q"]), name="account_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book}/{self.code} {self.currency}"

    @property
    def debit_normal(self) -> bool:
        """Whether its natural balance is a debit (assets and expenses)."""
        return self.kind in (self.Kind.ASSET, self.Kind.EXPENSE)


class Entry(models.Model):
    """One movement of money, whole or not at all. `public` is what the public ledger says of it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    book = models.CharField(_("book"), max_length=4, choices=Book)
    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(_("idempotency key"), max_length=200)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    public = models.JSONField(_("public facts"), default=dict)
    at = models.DateTimeField(_("at"))
    recorded_at = models.DateTimeField(_("recorded"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["book", "key"], name="one_entry_a_key"),
            # What the composite foreign key of postings points to; also a book's entries in order.
            models.UniqueConstraint(fields=["book", "id"], name="entry_in_its_book"),
        ]
        indexes: ClassVar = [models.Index(fields=["book", "kind", "-id"], name="entry_newest_of_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Posting(models.Model):
    """One leg of an entry: so much into (debit) or out of (credit) one account."""

    id = models.BigAutoField(primary_key=True)
    # Constraint and index of `account` are composite ones (below, and in the rules' migration).
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings", db_constraint=False)
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="postings", db_constraint=False, db_index=False
    )
    book = models.CharField(_("book"), max_length=4, choices=Book)
    currency = models.CharField(_("currency"), max_length=3)
    amount = models.BigIntegerField(
        _("amount in minor units"), help_text=_("Debit positive, credit negative.")
    )

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(amount=0), name="posting_not_zero")]
        indexes: ClassVar = [
            models.Index(fields=["account", "id"], include=["amount"], name="posting_account")
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class Outflow(models.Model):
    """A row a floored account whose only use is to be locked: movements out of it happen one at a time.

    Its counter is raised, not merely locked: under REPEATABLE READ a plain lock let six payouts of the
    whole balance pass, a changed row makes all but one fail.
    """

    account = models.OneToOneField(Account, primary_key=True, on_delete=models.CASCADE)
    movements = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.account_id}: {self.movements}"


class Checkpoint(models.Model):
    """The balance of an account over all its postings up to one number, so that sums stay short."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="checkpoints")
    last_posting = models.BigIntegerField(_("last posting"))
    balance = models.BigIntegerField(_("balance, debit positive"))
    taken_at = models.DateTimeField(_("taken"))

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "last_posting"], include=["balance"], name="one_checkpoint_a_posting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.balance} at {self.last_posting}"


class Link(models.Model):
    """One entry's place in its book's hash chain."""

    book = models.CharField(_("book"), max_length=4, choices=Book)
    seq = models.BigIntegerField(_("number"))
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="link")
    previous = models.BinaryField(_("hash before"))
    hash = models.BinaryField(_("hash"))

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints: ClassVar = [models.UniqueConstraint(fields=["book", "seq"], name="one_link_a_number")]

    def __str__(self) -> str:
        return f"{self.book} {self.seq}"


class Unlinked(models.Model):
    """An entry that the sealer has not linked yet. Triggers alone put it here and, once linked, take it away."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.CASCADE, db_constraint=False)

    def __str__(self) -> str:
        return str(self.entry_id)


class DailyRoot(models.Model):
    """The Merkle root (RFC 9162) over a day's links of one book, published outside the database."""

    book = models.CharField(_("book"), max_length=4, choices=Book)
    day = models.DateField(_("day"))
    first_seq = models.BigIntegerField(_("first link"))
    last_seq = models.BigIntegerField(_("last link"))
    root = models.BinaryField(_("Merkle root"))
    chain = models.BinaryField(_("hash of the last link"))
    published = ArrayField(models.CharField(max_length=20), verbose_name=_("published"), default=list)

    class Meta:
        verbose_name = _("daily root")
        verbose_name_plural = _("daily roots")
        constraints: ClassVar = [models.UniqueConstraint(fields=["book", "day"], name="one_root_a_day")]

    def __str__(self) -> str:
        return f"{self.book} {self.day}"

    @property
    def hex(self) -> str:
        return bytes(self.root).hex()

    @property
    def covers(self) -> dict[str, Any]:
        """The root with its day and links, as the export and the signed statement say it."""
        return {"day": self.day.isoformat(), "first": self.first_seq, "last": self.last_seq, "root": self.hex}


class RootSubscriber(BaseModel):
    """An address that gets each daily root by mail, so that the city cannot rewrite what many people hold.

    Nothing but the confirmation is sent to an address before its owner followed the link in it.
    """

    address = models.EmailField(_("email address"), unique=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)

    class Meta:
        verbose_name = _("subscriber of daily roots")
        verbose_name_plural = _("subscribers of daily roots")

    def __str__(self) -> str:
        return self.address

"""How money that is asked for, given back or sent gets from one side to the other. Forward only."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from civic.core.states import Transitions


class ChargeState(TextChoices):
    CREATED = "created", _("created")
    PREPARED = "prepared", _("prepared")
    CONFIRMING = "confirming", _("being confirmed")
    PROCESSING = "processing", _("on its way")
    NEEDS_PAYER = "needs_payer", _("waiting for the payer")
    SUCCEEDED = "succeeded", _("paid")
    FAILED = "failed", _("failed")
    DISPUTED = "disputed", _("disputed")
    WON = "won", _("dispute won")
    LOST = "lost", _("dispute lost")


# What the provider may have news of.
OPEN_CHARGE = ["prepared", "confirming", "processing", "needs_payer"]
_UNDER_WAY = [ChargeState.CONFIRMING, ChargeState.PROCESSING, ChargeState.NEEDS_PAYER]

CHARGE: Transitions = {
    ("prepare", ChargeState.CREATED): ChargeState.PREPARED,
    ("confirm", ChargeState.PREPARED): ChargeState.CONFIRMING,
    ("confirm", ChargeState.NEEDS_PAYER): ChargeState.CONFIRMING,
    ("fail", ChargeState.CREATED): ChargeState.FAILED,
    ("fail", ChargeState.PREPARED): ChargeState.FAILED,
    # On a hosted page the payer does what a confirmation of ours does otherwise.
    ("process", ChargeState.PREPARED): ChargeState.PROCESSING,
    ("process", ChargeState.CONFIRMING): ChargeState.PROCESSING,
    ("process", ChargeState.NEEDS_PAYER): ChargeState.PROCESSING,
    ("ask_payer", ChargeState.CONFIRMING): ChargeState.NEEDS_PAYER,
    ("succeed", ChargeState.PREPARED): ChargeState.SUCCEEDED,
    **{("succeed", state): ChargeState.SUCCEEDED for state in _UNDER_WAY},
    **{("fail", state): ChargeState.FAILED for state in _UNDER_WAY},
    ("dispute", ChargeState.SUCCEEDED): ChargeState.DISPUTED,
    # The payer's bank may ask again for what it has decided once.
    ("dispute", ChargeState.WON): ChargeState.DISPUTED,
    # And for what it has left of it.
    ("dispute", ChargeState.LOST): ChargeState.DISPUTED,
    ("win", ChargeState.DISPUTED): ChargeState.WON,
    ("lose", ChargeState.DISPUTED): ChargeState.LOST,
}

# Nothing more happens to these by themselves.
OVER = [ChargeState.SUCCEEDED, ChargeState.FAILED, ChargeState.DISPUTED, ChargeState.WON, ChargeState.LOST]
# Money has arrived for these at some time.
PAID = [ChargeState.SUCCEEDED, ChargeState.DISPUTED, ChargeState.WON, ChargeState.LOST]
# What may be given back, as far as something of it is left.
REFUNDABLE = [ChargeState.SUCCEEDED, ChargeState.WON, ChargeState.LOST]


class SetupState(TextChoices):
    CREATED = "created", _("created")
    PREPARED = "prepared", _("prepared")
    SAVED = "saved", _("saved")
    FAILED = "failed", _("failed")


SETUP: Transitions = {
    ("prepare", SetupState.CREATED): SetupState.PREPARED,
    ("save", SetupState.PREPARED): SetupState.SAVED,
    ("fail", SetupState.CREATED): SetupState.FAILED,
    ("fail", SetupState.PREPARED): SetupState.FAILED,
}


class RefundState(TextChoices):
    REQUESTED = "requested", _("requested")
    SENT = "sent", _("sent")
    PENDING = "pending", _("on its way")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    ALTERNATIVE_DUE = "alternative_due", _("to be paid another way")
    COVERED = "covered", _("given back by a dispute")


REFUND: Transitions = {
    ("send", RefundState.REQUESTED): RefundState.SENT,
    ("wait", RefundState.SENT): RefundState.PENDING,
    ("finish", RefundState.SENT): RefundState.DONE,
    ("finish", RefundState.PENDING): RefundState.DONE,
    ("fail", RefundState.SENT): RefundState.FAILED,
    ("fail", RefundState.PENDING): RefundState.FAILED,
    # A bank may return a refund that counted as done, when the card's account is closed.
    ("fail", RefundState.DONE): RefundState.FAILED,
    ("seek_alternative", RefundState.FAILED): RefundState.ALTERNATIVE_DUE,
    # Verbs of their own: a stale “it is done” of the provider must not end what it has failed at.
    ("pay_otherwise", RefundState.ALTERNATIVE_DUE): RefundState.DONE,
    # A lost dispute has given the payer this money already.
    ("cover", RefundState.REQUESTED): RefundState.COVERED,
    ("cover", RefundState.SENT): RefundState.COVERED,
    ("cover", RefundState.PENDING): RefundState.COVERED,
    ("cover", RefundState.ALTERNATIVE_DUE): RefundState.COVERED,
    # The bank took back the credit that had brought it: it has gone after all, and is paid otherwise by that.
    ("take_back", RefundState.COVERED): RefundState.ALTERNATIVE_DUE,
}

# Money set aside for the payer that has not gone yet.
OWED = [RefundState.REQUESTED, RefundState.SENT, RefundState.PENDING, RefundState.ALTERNATIVE_DUE]


class ClaimState(TextChoices):
    OPEN = "open", _("open")
    PROPOSED = "proposed", _("writing it off waits for a second person")
    PAID = "paid", _("paid")
    WRITTEN_OFF = "written_off", _("written off")


CLAIM: Transitions = {
    ("propose", ClaimState.OPEN): ClaimState.PROPOSED,
    ("withdraw", ClaimState.PROPOSED): ClaimState.OPEN,
    ("write_off", ClaimState.PROPOSED): ClaimState.WRITTEN_OFF,
    ("pay", ClaimState.OPEN): ClaimState.PAID,
    ("pay", ClaimState.PROPOSED): ClaimState.PAID,
    # The transfer was on its way when it was written off, or the refund came back.
    ("pay", ClaimState.WRITTEN_OFF): ClaimState.PAID,
    # The bank took the transfer back.
    ("reopen", ClaimState.PAID): ClaimState.OPEN,
}

# What the payer still owes.
CLAIMED = [ClaimState.OPEN, ClaimState.PROPOSED]
# What a refund that comes back sets off: given up or not, the payer has had it once only by then.
NOT_PAID = [*CLAIMED, ClaimState.WRITTEN_OFF]


class TransferState(TextChoices):
    REQUESTED = "requested", _("requested")
    SENT = "sent", _("sent")
    SETTLED = "settled", _("settled")
    FAILED = "failed", _("failed")
    REVERSED = "reversed", _("reversed")


TRANSFER: Transitions = {
    ("send", TransferState.REQUESTED): TransferState.SENT,
    ("settle", TransferState.SENT): TransferState.SETTLED,
    ("fail", TransferState.REQUESTED): TransferState.FAILED,
    ("fail", TransferState.SENT): TransferState.FAILED,
    ("reverse", TransferState.SETTLED): TransferState.REVERSED,
    # The bank took back the credit that had brought it: it has gone after all.
    ("take_back", TransferState.REVERSED): TransferState.SETTLED,
}


class LineState(TextChoices):
    NEW = "new", _("new")
    MATCHED = "matched", _("matched")
    UNCLEAR = "unclear", _("unclear")
    PROPOSED = "proposed", _("waits for a second person")
    PART = "part", _("a part: waits for the rest")
    SETTLED = "settled", _("settled by two people")


STATEMENT_LINE: Transitions = {
    ("match", LineState.NEW): LineState.MATCHED,
    ("set_aside", LineState.NEW): LineState.UNCLEAR,
    ("propose", LineState.UNCLEAR): LineState.PROPOSED,
    ("withdraw", LineState.PROPOSED): LineState.UNCLEAR,
    ("settle", LineState.PROPOSED): LineState.SETTLED,
    # Something is left over and still unclear.
    ("settle_part", LineState.PROPOSED): LineState.UNCLEAR,
    # Less than its payment asks for: it stays in suspense until further lines make the payment whole.
    ("keep", LineState.PROPOSED): LineState.PART,
    ("settle", LineState.PART): LineState.SETTLED,
    ("withdraw", LineState.PART): LineState.UNCLEAR,
    # It could not be sent back: no account is known any more.
    ("reopen", LineState.SETTLED): LineState.UNCLEAR,
    # The bank takes it back: what it was for hears of that as of a lost dispute.
    ("take_back", LineState.UNCLEAR): LineState.SETTLED,
}

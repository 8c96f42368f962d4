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


_UNDER_WAY = [ChargeState.CONFIRMING, ChargeState.PROCESSING, ChargeState.NEEDS_PAYER]

CHARGE: Transitions = {
    ("prepare", ChargeState.CREATED): ChargeState.PREPARED,
    ("confirm", ChargeState.PREPARED): ChargeState.CONFIRMING,
    ("confirm", ChargeState.NEEDS_PAYER): ChargeState.CONFIRMING,
    ("fail", ChargeState.CREATED): ChargeState.FAILED,
    ("fail", ChargeState.PREPARED): ChargeState.FAILED,
    ("process", ChargeState.CONFIRMING): ChargeState.PROCESSING,
    ("ask_payer", ChargeState.CONFIRMING): ChargeState.NEEDS_PAYER,
    # A hosted page or a bank transfer succeeds without a confirmation of ours.
    ("succeed", ChargeState.PREPARED): ChargeState.SUCCEEDED,
    **{("succeed", state): ChargeState.SUCCEEDED for state in _UNDER_WAY},
    **{("fail", state): ChargeState.FAILED for state in _UNDER_WAY},
    ("dispute", ChargeState.SUCCEEDED): ChargeState.DISPUTED,
    ("win", ChargeState.DISPUTED): ChargeState.WON,
    ("lose", ChargeState.DISPUTED): ChargeState.LOST,
}

# Money has arrived for these at some time.
PAID = [ChargeState.SUCCEEDED, ChargeState.DISPUTED, ChargeState.WON, ChargeState.LOST]


class RefundState(TextChoices):
    REQUESTED = "requested", _("requested")
    SENT = "sent", _("sent")
    PENDING = "pending", _("on its way")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    ALTERNATIVE_DUE = "alternative_due", _("to be paid another way")


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
    ("finish", RefundState.ALTERNATIVE_DUE): RefundState.DONE,
}


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
}

"""States of data needs, gifts to a bounty, offers, and the payout of a bounty."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from civic.core.states import Transitions


class NeedState(TextChoices):
    DRAFT = "draft", _("draft")
    OPEN = "open", _("open")
    OFFERED = "offered", _("has offers")
    AWARDED = "awarded", _("awarded")
    DELIVERED = "delivered", _("delivered, waits for an answer")
    ACCEPTED = "accepted", _("accepted")
    PAID = "paid", _("accepted and paid")
    LAPSED = "lapsed", _("lapsed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REFUNDED = "refunded", _("over, the bounty was given back")


# What is not accepted yet, and can still be given up.
RUNNING = [NeedState.OPEN, NeedState.OFFERED, NeedState.AWARDED, NeedState.DELIVERED]
# Takes more money; what is delivered is answered by the bounty that it was delivered for.
TAKES_GIFTS = [NeedState.OPEN, NeedState.OFFERED, NeedState.AWARDED]
TAKES_OFFERS = [NeedState.OPEN, NeedState.OFFERED]
# Without an acceptance all that was given goes back.
ENDED = [NeedState.LAPSED, NeedState.WITHDRAWN, NeedState.REFUNDED]

NEED: Transitions = {
    ("open", NeedState.DRAFT): NeedState.OPEN,
    ("offer", NeedState.OPEN): NeedState.OFFERED,
    # The last offer was taken back, or the one that was awarded.
    ("reopen", NeedState.OFFERED): NeedState.OPEN,
    ("reopen", NeedState.AWARDED): NeedState.OPEN,
    ("award", NeedState.OFFERED): NeedState.AWARDED,
    ("deliver", NeedState.AWARDED): NeedState.DELIVERED,
    ("return", NeedState.DELIVERED): NeedState.AWARDED,
    ("accept", NeedState.DELIVERED): NeedState.ACCEPTED,
    ("pay", NeedState.ACCEPTED): NeedState.PAID,
    # The bank brought the payment back: it is owed still.
    ("reverse", NeedState.PAID): NeedState.ACCEPTED,
    ("lapse", NeedState.OPEN): NeedState.LAPSED,
    ("lapse", NeedState.OFFERED): NeedState.LAPSED,
    ("lapse", NeedState.AWARDED): NeedState.LAPSED,
    **{("withdraw", state): NeedState.WITHDRAWN for state in (NeedState.DRAFT, *RUNNING)},
    # All that was given has gone back: after an end, or of data that came free.
    ("refund", NeedState.LAPSED): NeedState.REFUNDED,
    ("refund", NeedState.WITHDRAWN): NeedState.REFUNDED,
    ("refund", NeedState.ACCEPTED): NeedState.REFUNDED,
}


class GiftState(TextChoices):
    STARTED = "started", _("not paid yet")
    PAID = "paid", _("paid")
    FAILED = "failed", _("not paid")
    RETURNED = "returned", _("given back")
    LOST = "lost", _("taken back by a bank")


GIFT: Transitions = {
    ("pay", GiftState.STARTED): GiftState.PAID,
    ("fail", GiftState.STARTED): GiftState.FAILED,
    # Given back before anybody heard that it was paid.
    ("return", GiftState.STARTED): GiftState.RETURNED,
    ("return", GiftState.PAID): GiftState.RETURNED,
    ("lose", GiftState.STARTED): GiftState.LOST,
    ("lose", GiftState.PAID): GiftState.LOST,
    # A refund that a lost dispute had covered, and the other way round: the later word stands.
    ("lose", GiftState.RETURNED): GiftState.LOST,
}
# Something of it is in the bounty, or may still come.
LIVE_GIFT = [GiftState.STARTED, GiftState.PAID]


class OfferState(TextChoices):
    MADE = "made", _("made")
    AWARDED = "awarded", _("awarded")
    DECLINED = "declined", _("not chosen")
    WITHDRAWN = "withdrawn", _("taken back")


OFFER: Transitions = {
    ("award", OfferState.MADE): OfferState.AWARDED,
    ("decline", OfferState.MADE): OfferState.DECLINED,
    ("withdraw", OfferState.MADE): OfferState.WITHDRAWN,
    ("withdraw", OfferState.AWARDED): OfferState.WITHDRAWN,
    # The need has ended without it, or the award was taken from it.
    ("decline", OfferState.AWARDED): OfferState.DECLINED,
}


class BountyPayoutState(TextChoices):
    PLANNED = "planned", _("planned")
    REQUESTED = "requested", _("requested")
    SENT = "sent", _("sent")
    SETTLED = "settled", _("settled")
    FAILED = "failed", _("failed")
    REVERSED = "reversed", _("reversed")
    DROPPED = "dropped", _("not paid: the bounty goes back")


BOUNTY_PAYOUT: Transitions = {
    ("request", BountyPayoutState.PLANNED): BountyPayoutState.REQUESTED,
    ("request", BountyPayoutState.FAILED): BountyPayoutState.REQUESTED,
    ("request", BountyPayoutState.REVERSED): BountyPayoutState.REQUESTED,
    ("send_back", BountyPayoutState.REQUESTED): BountyPayoutState.PLANNED,
    ("send", BountyPayoutState.REQUESTED): BountyPayoutState.SENT,
    ("settle", BountyPayoutState.SENT): BountyPayoutState.SETTLED,
    ("fail", BountyPayoutState.SENT): BountyPayoutState.FAILED,
    ("reverse", BountyPayoutState.SETTLED): BountyPayoutState.REVERSED,
    ("drop", BountyPayoutState.PLANNED): BountyPayoutState.DROPPED,
    ("drop", BountyPayoutState.FAILED): BountyPayoutState.DROPPED,
    ("drop", BountyPayoutState.REVERSED): BountyPayoutState.DROPPED,
}
# The money lies in the bounty and nobody has asked for it to leave.
AT_REST = [BountyPayoutState.PLANNED, BountyPayoutState.FAILED, BountyPayoutState.REVERSED]

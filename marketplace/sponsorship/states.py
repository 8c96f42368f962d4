"""States of sponsorships."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from civic.core.states import Transitions


class SponsorshipState(TextChoices):
    OFFERED = "offered", _("offered")
    CONFLICT_CHECKED = "conflict_checked", _("checked for conflicts")
    CONTRACTED = "contracted", _("contracted")
    INVOICED = "invoiced", _("invoiced")
    PART_PAID = "part_paid", _("partly paid")
    PAID = "paid", _("paid")
    FULFILLED = "fulfilled", _("fulfilled")
    LAPSED = "lapsed", _("lapsed")
    CREDITED = "credited", _("credited")


SPONSORSHIP: Transitions = {
    ("check", SponsorshipState.OFFERED): SponsorshipState.CONFLICT_CHECKED,
    ("lapse", SponsorshipState.OFFERED): SponsorshipState.LAPSED,
    ("contract", SponsorshipState.CONFLICT_CHECKED): SponsorshipState.CONTRACTED,
    ("lapse", SponsorshipState.CONFLICT_CHECKED): SponsorshipState.LAPSED,
    ("invoice", SponsorshipState.CONTRACTED): SponsorshipState.INVOICED,
    ("lapse", SponsorshipState.CONTRACTED): SponsorshipState.LAPSED,
    ("pay_part", SponsorshipState.INVOICED): SponsorshipState.PART_PAID,
    ("pay_part", SponsorshipState.PART_PAID): SponsorshipState.PART_PAID,
    ("pay", SponsorshipState.INVOICED): SponsorshipState.PAID,
    ("pay", SponsorshipState.PART_PAID): SponsorshipState.PAID,
    # A payment that was lost in a dispute is owed again.
    ("lose", SponsorshipState.PART_PAID): SponsorshipState.INVOICED,
    ("lose", SponsorshipState.PAID): SponsorshipState.INVOICED,
    ("lose", SponsorshipState.FULFILLED): SponsorshipState.INVOICED,
    ("lose_part", SponsorshipState.PART_PAID): SponsorshipState.PART_PAID,
    ("lose_part", SponsorshipState.PAID): SponsorshipState.PART_PAID,
    ("lose_part", SponsorshipState.FULFILLED): SponsorshipState.PART_PAID,
    ("fulfil", SponsorshipState.PAID): SponsorshipState.FULFILLED,
    ("credit", SponsorshipState.INVOICED): SponsorshipState.CREDITED,
    ("credit", SponsorshipState.PART_PAID): SponsorshipState.CREDITED,
    ("credit", SponsorshipState.PAID): SponsorshipState.CREDITED,
}


SPONSORSHIP_ENDED = [SponsorshipState.LAPSED, SponsorshipState.CREDITED]
# Firm: counts for the goal.
FIRM = [SponsorshipState.CONTRACTED, SponsorshipState.INVOICED, SponsorshipState.PART_PAID]
# Shown to everybody: what is only offered is nobody's business yet.
PUBLIC_SPONSORS = [*FIRM, SponsorshipState.PAID, SponsorshipState.FULFILLED]

"""Sponsorships as what invoices bill."""

from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict
from civic.core.states import transition
from marketplace.campaigns.operations.totals import recount
from marketplace.campaigns.states import CampaignState
from marketplace.invoicing.billables import Billable, billables
from marketplace.invoicing.models import Invoice
from marketplace.ledger.models import Account
from marketplace.payments import accounts
from marketplace.payments.purposes import Purpose
from marketplace.sponsorship.locking import lock_sponsorship
from marketplace.sponsorship.models import Sponsorship
from projects.proposals.states import ProjectState


class SponsorshipBillable(Billable):
    """A sponsorship moves with its invoice, and its campaign is counted anew."""

    slug: ClassVar[str] = "sponsorship"

    def lock(self, invoice: Invoice) -> Sponsorship:
        """The sponsorship, with its campaign locked before it."""
        return lock_sponsorship(self._of(invoice))

    def describe(self, invoice: Invoice) -> Purpose:
        """The project that is sponsored, and the page of the sponsorship."""
        found = self._of(invoice)
        return Purpose(found.campaign.project.title, found.get_absolute_url())

    def income(self, thing: Sponsorship) -> Account:
        """The campaign's money: held until it succeeds, committed to its project afterwards."""
        campaign = thing.campaign
        part = "committed" if campaign.state == CampaignState.SUCCEEDED else "held"
        return accounts.held(campaign.book, campaign.account(part), thing.currency)

    def is_reminded(self, thing: Sponsorship, invoice: Invoice) -> bool:
        """Unless its project has ended: what was never paid is credited with what goes back.

        What was paid and a bank took back is owed all the same: it was paid out, or others' money stands in for it.
        """
        if thing.campaign.project.state not in (ProjectState.FAILED, ProjectState.CANCELLED):
            return True
        return bool(invoice.open_minor <= invoice.lost_minor)  # type: ignore[attr-defined]

    def paid(self, thing: Sponsorship, invoice: Invoice, *, part: int, rest: int, at: datetime) -> None:
        """Paid, or paid in part."""
        self._step(thing, "pay_part" if rest else "pay", events.fields_of(invoice) | {"paid": part}, at)
        # Lost in a dispute and paid again, it is as it was: what was delivered for can't be credited.
        if not rest and events.about(thing).filter(kind="sponsorship.fulfilled").exists():
            transition(thing, "fulfil", actor=None, at=at)

    def payment_lost(self, thing: Sponsorship, invoice: Invoice, *, rest: int, at: datetime) -> None:
        """Invoiced again, or paid in part, as before that payment."""
        verb = "lose_part" if invoice.payments.totals()[0] else "lose"
        self._step(thing, verb, events.fields_of(invoice) | {"open": rest}, at)

    def check_rest_may_go(self, thing: Sponsorship) -> None:
        """Until the campaign has succeeded the whole amount counts for its goal."""
        if thing.campaign.state != CampaignState.SUCCEEDED:
            raise Conflict(_("The whole amount counts for the goal until the campaign has succeeded."))

    def credited(
        self, thing: Sponsorship, note: Invoice, *, whole: bool, actor: Person | None, at: datetime
    ) -> None:
        """Credited as a whole it ends; of a rest that is given up, what was paid counts as all."""
        assert note.corrects
        payload = events.fields_of(note) | {"corrects": note.corrects.number}
        transition(
            thing, "credit" if whole else "pay", actor=actor, at=at, reason=note.reason, payload=payload
        )
        recount(thing.campaign, at)

    def _step(self, thing: Sponsorship, verb: str, payload: dict[str, object], at: datetime) -> None:
        transition(thing, verb, actor=None, at=at, payload=payload)
        recount(thing.campaign, at)

    def _of(self, invoice: Invoice) -> Sponsorship:
        # By its account, which a credit note shares, and which is known before the invoice is stored and linked.
        key = invoice.account.removeprefix("sponsorship/")
        return Sponsorship.objects.select_related("campaign__project").get(pk=key)


billables.register(SponsorshipBillable())

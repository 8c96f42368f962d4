"""Notifies sponsors and teams about steps of sponsorships. At least once, idempotent."""

from collections.abc import Iterable
from uuid import UUID

from civic.accounts.models import Membership
from civic.core import events
from civic.core.models import Event
from civic.notifications.operations import Message, notify
from marketplace.invoicing.models import Invoice
from marketplace.invoicing.queries import KIND
from marketplace.payments.models import Claim
from marketplace.payments.purposes import key_in
from marketplace.payments.queries import claims, disputes
from marketplace.sponsorship import notification_types
from marketplace.sponsorship.models import Sponsorship
from projects.proposals.roles import team_of

ACTING = [Membership.Role.OWNER, Membership.Role.MANAGER]


@events.handler(
    *[f"sponsorship.{step}" for step in {*notification_types.TO_SPONSOR, *notification_types.TO_TEAM}]
)
def on_step(event: Event) -> None:
    """Tells who acts for the sponsor, with the reason, and the team of what concerns their money."""
    rows = Sponsorship.objects.select_related("campaign__project", "organisation")
    found = rows.filter(pk=event.subject_id).first()
    if found is None:
        return
    step, project = event.kind.removeprefix("sponsorship."), found.campaign.project
    params = {"organisation": found.organisation.name, "amount": str(found.amount)}
    if step in notification_types.TO_SPONSOR:
        url = found.get_absolute_url()
        _tell(_acting(found), Message(event.kind, project.title, url, params, detail=event.note), event)
    if step in notification_types.TO_TEAM:
        _tell(
            team_of(project),
            Message(f"{event.kind}_team", project.title, project.get_absolute_url(), params),
            event,
        )


@events.handler("charge.disputed", "charge.won")
def on_dispute(event: Event) -> None:
    """Tells the team what a sponsor's bank does with a payment: meanwhile it does not count for their campaign.

    Not of one that was given back, which counted no more, nor of a transfer, which is taken back at once.
    """
    found, dispute = _paid_by(event), disputes.dispute_of(UUID(event.subject_id), event.kind, event.at)
    if found is None or dispute is None:
        return
    counted_no_more = event.kind == "charge.disputed" and not dispute.charge.left
    if counted_no_more or disputes.is_by_transfer(dispute.charge):
        return
    project = found.campaign.project
    params = {"organisation": found.organisation.name, "amount": dispute.amount.format()}
    kind = f"{event.kind.replace('charge', 'sponsorship')}_team"
    _tell(team_of(project), Message(kind, project.title, project.get_absolute_url(), params), event)


@events.handler("claim.opened", "claim.reopened", "claim.paid", "claim.written_off")
def on_claim(event: Event) -> None:
    """Tells who acts for the sponsor what it owes, and when it owes it no more; the letter goes to its accounts."""
    if found := _paid_by(event):
        claim = Claim.objects.select_related("dispute__charge").get(pk=event.subject_id)
        is_owed = event.kind in ("claim.opened", "claim.reopened")
        step, amount = ("claimed", claim.owed) if is_owed else claims.ending_of(claim, event.kind)
        params = {"organisation": found.organisation.name, "amount": amount.format()}
        topic, url = found.campaign.project.title, found.get_absolute_url()
        _tell(_acting(found), Message(f"sponsorship.{step}", topic, url, params), event)


def _paid_by(event: Event) -> Sponsorship | None:
    """The sponsorship whose invoice the payment of an event is for."""
    slug, key = key_in(str(event.payload.get("purpose", "")))
    invoice = Invoice.objects.filter(pk=key).first() if slug == KIND and key else None
    if invoice is None:
        return None
    rows = Sponsorship.objects.select_related("campaign__project", "organisation")
    return rows.filter(pk=invoice.account.removeprefix("sponsorship/")).first()


def _tell(people: Iterable[UUID], message: Message, event: Event) -> None:
    notify(people=people, message=message, event=event)


def _acting(sponsorship: Sponsorship) -> set[UUID]:
    rows = Membership.objects.filter(organisation=sponsorship.organisation_id, role__in=ACTING)
    return set(rows.values_list("person", flat=True))

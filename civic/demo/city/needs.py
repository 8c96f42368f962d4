"""Data that projects need: one with a pooled bounty, delivered and accepted, and one that waits for offers."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from civic.core import ids
from civic.core.money import Money
from civic.demo import source
from civic.demo.city.calls import Round
from civic.demo.city.cast import Cast, author_of, owner_of
from civic.demo.city.money.diary import FINANCE, work
from datasets.catalogue.models import Dataset
from marketplace.exchange.models import BountyPayout, DataNeed
from marketplace.exchange.operations import deliveries, gifts, needs, offers, payouts
from marketplace.exchange.operations.needs import Terms
from marketplace.ledger import operations as ledger
from marketplace.payments.models import Charge, DemoPayment
from marketplace.payments.providers import demo
from marketplace.payouts.operations import bank_details
from projects.proposals.models import Project


def live(cast: Cast, rounds: list[Round]) -> None:
    """Everything that `needs.yaml` tells of. Money moves today: the ledger's days before are closed."""
    projects = {key: project for ready in rounds for key, project in ready.projects.items()}
    for text in source.read("needs"):
        need = _stated(cast, projects[text["project"]], text)
        if "bounty" in text:
            _earn(cast, need, text)
    # As the clock would by now; the day itself is not over.
    ledger.link_entries()


def _stated(cast: Cast, project: Project, text: dict[str, Any]) -> DataNeed:
    at = cast.calendar.at(text["day"], 19)
    terms = Terms(
        title=text["title"],
        description=text["description"],
        deadline=localdate(cast.calendar.at(text["by"])),
        columns=[(name, kind) for name, kind in text["columns"].items()],
        fresh_days=text.get("fresh_days"),
    )
    author = author_of(project)
    need = needs.state_need(actor=author, project=project, terms=terms, at=at)
    return needs.open_need(actor=author, need=need, at=at + timedelta(minutes=20))


def _earn(cast: Cast, need: DataNeed, text: dict[str, Any]) -> None:
    """Given by several, offered by one, delivered and accepted; the payout waits for a second officer."""
    organisation = cast.organisations[text["offer"]["by"]]
    owner, account = owner_of(organisation), text["offer"]
    bank_details.enter_details(
        actor=owner,
        organisation=organisation,
        holder=account["holder"],
        iban=account["iban"],
        at=cast.calendar.at(text["day"], 8),
    )
    at = cast.calendar.now - timedelta(hours=2)
    for place, one in enumerate(text["bounty"]):
        _give(cast, need, one, ids.new_id(), at + timedelta(minutes=place))
    dataset = Dataset.objects.get(title=account["dataset"])
    offer = offers.make_offer(
        actor=owner,
        need=need,
        organisation=organisation,
        dataset=dataset,
        kind="bounty",
        note=account["note"],
        at=at + timedelta(minutes=10),
    )
    author = author_of(need.project)
    offers.award_offer(actor=author, offer=offer, at=at + timedelta(minutes=20))
    newest = dataset.revisions.order_by("-number")[0]
    delivery = deliveries.deliver(actor=owner, offer=offer, revision=newest, at=at + timedelta(minutes=30))
    deliveries.accept_delivery(actor=author, delivery=delivery, at=at + timedelta(minutes=50))
    work(at + timedelta(minutes=50))
    payout = BountyPayout.objects.get(need=need)
    payouts.request_payout(actor=cast.people[FINANCE], payout=payout, at=at + timedelta(minutes=70))


def _give(cast: Cast, need: DataNeed, text: dict[str, Any], token: UUID, at: datetime) -> None:
    gift = gifts.give(
        actor=cast.people[text["who"]],
        need=need,
        amount=Money(text["amount"] * 100, need.currency),
        provider=demo.NAME,
        token=token,
        anonymous=text.get("anonymous", False),
        at=at,
    )
    work(at)
    payment = DemoPayment.objects.get(target=Charge.objects.get(purpose=gift.purpose).pk)
    demo.decide(payment, DemoPayment.Status.PAID, at=at)
    work(at)

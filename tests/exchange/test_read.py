"""That what is delivered can be read, and what people share is not sold."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from civic.core.errors import Conflict
from datasets.access.operations import grants
from datasets.catalogue.models import Dataset
from marketplace.exchange.models import Offer
from marketplace.exchange.operations import deliveries, payouts
from tests.factories import data_access, matching
from tests.factories import exchange as made
from tests.factories.exchange import Scene
from tests.undoing import undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def of_level(here: Scene, level: str, **more: bool) -> None:
    Dataset.objects.filter(pk=here.dataset.pk).update(access_level=level, **more)
    here.dataset.refresh_from_db()


def test_a_team_that_may_not_read_it_gets_no_delivery_1128_rx8(at: datetime) -> None:
    here = made.scene(at)
    made.gift(here)
    of_level(here, "on_request")
    offer = made.awarded(here)
    newest = here.dataset.revisions.get()
    with pytest.raises(Conflict, match="team may download"):
        deliveries.deliver(actor=here.owner, offer=offer, revision=newest, at=at)
    grant = data_access.grant(here.dataset, here.team, at=at)
    delivery = deliveries.deliver(actor=here.owner, offer=offer, revision=newest, at=at)
    grants.suspend_grant(actor=here.owner, grant=grant, reason="Not now.", at=at)
    with pytest.raises(Conflict, match="team may download"):
        deliveries.accept_delivery(actor=here.team, delivery=delivery, at=at)
    grants.resume_grant(actor=here.owner, grant=grant, at=at)
    accepted = deliveries.accept_delivery(actor=here.team, delivery=delivery, at=at)
    assert accepted.checks[0]["name"] == "Can be read"
    # What the team gives up takes nothing from who delivered.
    grants.end_grant(actor=here.team, grant=grant, at=at)
    payouts.request_payout(actor=matching.finance_officer(), payout=here.now().payout, at=at)
    assert here.now().payout.state == "requested"


def test_what_the_team_gives_up_takes_nothing_from_who_delivered_1128_ba3(at: datetime) -> None:
    """They ended their grant, and nobody could accept: the bounty went back, and the data had been read."""
    here = made.scene(at)
    of_level(here, "on_request")
    grant = data_access.grant(here.dataset, here.team, at=at)
    delivery = made.delivered(here, "bounty")
    with undone():
        grants.revoke_grant(actor=here.owner, grant=grant, reason="No more.", at=at)
        with pytest.raises(Conflict, match="team may download"):
            deliveries.accept_delivery(actor=here.team, delivery=delivery, at=at)
    grants.end_grant(actor=here.team, grant=grant, at=at)
    deliveries.accept_delivery(actor=here.team, delivery=delivery, at=at)
    assert here.now().state == "accepted"


def test_what_people_share_is_offered_free_alone_1128_az9(at: datetime) -> None:
    """People consented to other words than a sale; and what rests nobody can accept."""
    here = made.scene(at)
    of_level(here, "on_request", by_consent=True)
    for kind in ("bounty", "service", "kind"):
        with pytest.raises(Conflict, match="offer it free"):
            made.offered(here, kind)
        with pytest.raises(IntegrityError, match="offer_fits"), transaction.atomic():
            Offer.objects.create(
                need=here.need, organisation=here.organisation, dataset=here.dataset, kind=kind, valuation="A"
            )
    data_access.grant(here.dataset, here.team, at=at)
    # No release of it is known: it rests.
    with pytest.raises(Conflict, match="withdrawn it"):
        made.delivered(here, "free")


def test_what_people_share_is_not_accepted_while_it_rests_1128_az9(at: datetime) -> None:
    here = made.scene(at)
    of_level(here, "on_request")
    data_access.grant(here.dataset, here.team, at=at)
    delivery = made.delivered(here, "free")
    of_level(here, "on_request", by_consent=True)
    with pytest.raises(Conflict, match="withdrawn it"):
        deliveries.accept_delivery(actor=here.team, delivery=delivery, at=at)
    assert here.now().state == "delivered"

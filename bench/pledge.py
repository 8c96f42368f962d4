"""P6: what a pledge costs that is made on the page with the demo provider, from the form to the answer."""

from collections.abc import Iterator
from uuid import uuid4

from django.test import Client, override_settings
from django.urls import reverse

from bench.measure import Figure, at_most, cpu, sized, statements
from marketplace.campaigns.models import Campaign
from tests.factories import accounts
from tests.factories.campaigns import open_campaign

TIMES = sized(50, 1)
PRETIX = "pretix: an order ≈ 130 ms"


def run() -> Iterator[Figure]:
    """Statements of the whole request, with a card saved for later and with a payment at once, and the CPU."""
    with override_settings(DEMO=True):
        later, at_once = open_campaign(), open_campaign(rule=Campaign.Rule.KEEP)
        client = Client()
        client.force_login(accounts.person())
        for what, campaign in (("card saved for the close", later), ("paid at once", at_once)):
            address = reverse("campaigns:pledge-review", args=[campaign.pk])
            _pledge(client, address)
            count = statements(lambda address=address: _pledge(client, address))
            yield at_most("P6", f"pledge by the demo provider, {what}", count, "statements", 12)
        address = reverse("campaigns:pledge-review", args=[later.pk])
        used = cpu(lambda: _pledge(client, address), TIMES)
        yield at_most("P6", "the same request, card saved for the close", used, "CPU ms", 130, PRETIX)


def _pledge(client: Client, address: str) -> None:
    said = {"minor": 2500, "currency": "EUR", "months": 1, "provider": "demo", "token": uuid4()}
    answer = client.post(address, said)
    if not answer.headers.get("Location", "").startswith("/pay/"):
        raise RuntimeError(f"the pledge was answered with {answer.status_code}")

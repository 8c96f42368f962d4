"""Pages of sponsorships ask the database as often for many rows as for few."""

from typing import Any

import pytest
from django.test import Client

from civic.core import clock
from tests.factories import proposals, sponsors
from tests.sponsorship.test_pages import now_campaign

pytestmark = pytest.mark.django_db


def _many(campaign: Any, organisation: Any, rows: int) -> None:
    for package in list(campaign.packages.all())[:rows]:
        sponsors.invoiced(campaign, organisation=organisation, package=package, at=clock.now())
        sponsors.contracted(campaign, package=package, at=clock.now())


@pytest.mark.parametrize("page", ["choose", "project", "list", "sponsorship", "invoice", "api", "own"])
def test_pages_ask_no_more_often_for_more_rows(
    client: Client, page: str, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for rows in (1, 4):
        campaign = now_campaign(*[{"amount_minor": 10_00, "places": 40} for _ in range(6)])
        proposals.picture(campaign.project)
        organisation = sponsors.business()
        _many(campaign, organisation, rows)
        made = organisation.sponsorships.order_by("created_at")[0]
        url = {
            "choose": f"/campaigns/{campaign.pk}/sponsor/",
            "project": campaign.project.get_absolute_url(),
            "list": f"/organisations/{organisation.slug}/sponsorships/",
            "sponsorship": f"/sponsorships/{made.pk}/",
            "invoice": f"/invoices/{made.invoice.number}/",
            "api": f"/api/v1/campaigns/{campaign.pk}/sponsorships/",
            "own": "/api/v1/me/invoices/",
        }[page]
        client.force_login(sponsors.owner_of(organisation))
        client.get(url)
        with django_assert_max_num_queries(14) as asked:
            assert client.get(url).status_code == 200
        counts.append(len(asked))
    print(page, counts)
    assert counts[0] == counts[1]

"""Public addresses that have changed lead on."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from civic.urls import MOVED


@pytest.mark.parametrize("old", MOVED)
def test_an_old_address_leads_to_the_new_one_for_good_and_keeps_its_query(client: Client, old: str) -> None:
    key = uuid4()
    answer = client.get("/" + old.replace("<uuid:pk>", str(key)) + "?from=mail&x=1")
    new = reverse(MOVED[old], kwargs={"pk": key} if "<uuid:pk>" in old else {})
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"{new}?from=mail&x=1"

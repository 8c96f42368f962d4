"""Many forms at once, with real threads: no more wait than may."""

from functools import partial

import pytest

from civic.core.errors import Conflict
from datasets.reuses.models import Reuse
from datasets.reuses.operations import MOST_WAITING
from tests.contributions.test_races import at_once
from tests.factories import accounts, reuses

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_more_wait_than_may() -> None:
    used, person = reuses.dataset(), accounts.person()
    sent = [partial(reuses.proposed, used, person=person)] * (MOST_WAITING + 2)
    made = at_once(sent)
    assert sum(isinstance(one, Conflict) for one in made) == 2
    assert Reuse.objects.count() == MOST_WAITING

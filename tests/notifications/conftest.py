"""Types of notifications that exist in these tests only."""

from collections.abc import Iterator

import pytest

from civic.notifications.types import notification_types
from tests.factories.notifications import TYPES


@pytest.fixture(autouse=True)
def test_types() -> Iterator[None]:
    """Registers them beside the real ones."""
    with notification_types.temporarily(*TYPES):
        yield

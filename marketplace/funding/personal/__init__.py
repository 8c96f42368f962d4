"""What this slice holds of a person."""

from marketplace.funding.personal import pledges


def declare() -> None:
    """Registers everything; called once, from `AppConfig.ready()`."""
    pledges.declare()

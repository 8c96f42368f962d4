"""What this slice holds of a person."""

from marketplace.funding.personal import pledges, sponsoring


def declare() -> None:
    """Registers everything; called once, from `AppConfig.ready()`."""
    pledges.declare()
    sponsoring.declare()

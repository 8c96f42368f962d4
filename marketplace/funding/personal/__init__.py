"""What this slice holds of a person."""

from marketplace.funding.personal import funds, pledges, sponsoring


def declare() -> None:
    """Registers everything; called once, from `AppConfig.ready()`."""
    funds.declare()
    pledges.declare()
    sponsoring.declare()

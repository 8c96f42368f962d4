"""The campaign on its project's page."""


def fill() -> None:
    """Registers the panels of campaigns and pledges."""

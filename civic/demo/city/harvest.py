"""A neighbour's catalogue as it was once recorded: nobody is at its address, so it is paused after that."""

from datetime import timedelta

from civic.demo import source
from civic.demo.city.cast import Cast
from datasets.catalogue.harvest import dcat
from datasets.catalogue.harvest.graphs import graph_of
from datasets.catalogue.operations import harvesting, sources
from datasets.catalogue.vocabularies import Theme

ADDRESS = "https://data.linnshire.example/catalogue.ttl"


def take_over(cast: Cast) -> None:
    """What the county of Linnshire publishes, in the name of the exchange's office."""
    recorded = (source.CONTENT / "linnshire.ttl").read_bytes()
    found = list(dcat.records_of(graph_of(recorded, "text/turtle", ADDRESS), "en"))
    at, steward = cast.calendar.at(-2, 4), cast.clerk
    county = sources.add_source(
        actor=steward,
        title="Open data of Linnshire",
        kind="dcat",
        address=ADDRESS,
        publisher=cast.organisations["exchange-office"],
        theme=Theme.REGI,
        at=at,
    )
    harvest = sources.harvest_now(actor=steward, source=county, at=at)
    harvesting.take_in(harvest, found, at=at + timedelta(seconds=20))
    sources.pause_source(
        actor=steward,
        source=county,
        reason="This is a recorded catalogue: nobody is at its address.",
        at=at + timedelta(hours=5),
    )
    # The step of its worker finds that all is done.
    harvesting.run_steps(at=at + timedelta(hours=5))

"""The calls and their phases, opened by the programme manager two weeks before proposals begin."""

from typing import Any

from django.core.files.base import ContentFile

from civic.core.money import Money
from civic.demo import source
from civic.demo.city.cast import Cast
from civic.demo.pictures import paint
from projects.calls import operations
from projects.calls.models import Call
from projects.calls.operations import Planned

MANAGER = "leila-benali"
FOREWARNING = 14


def announce(cast: Cast, one: dict[str, Any]) -> Call:
    """Makes one call public."""
    manager, calendar = cast.people[MANAGER], cast.calendar
    begin = one["phases"]["proposals"][0] - FOREWARNING
    call = _call(one)
    call.picture.save(f"{call.slug}.jpg", ContentFile(paint(one["picture"]), "picture"), save=False)
    operations.create_call(actor=manager, call=call, at=calendar.at(begin - 3, 10))
    plan = [
        Planned(kind, calendar.at(first), calendar.at(end)) for kind, (first, end) in one["phases"].items()
    ]
    operations.set_phases(actor=manager, call=call, phases=plan, at=calendar.at(begin - 3, 11))
    return operations.open_call(actor=manager, call=call, at=calendar.at(begin, 9))


def euros(amount: int) -> int:
    """Whole euros of the texts in minor units of the city's currency."""
    return Money.parse(str(amount), source.read("city")["currency"]).minor


def _call(one: dict[str, Any]) -> Call:
    return Call(
        title=one["title"],
        slug=one["key"],
        summary=one["summary"],
        description=one["description"].strip(),
        eligibility_note=one["eligibility"].strip(),
        advice="\n".join(one["strong"]),
        theme=one["theme"],
        budget_minor=euros(one["budget"]),
        currency=source.read("city")["currency"],
        ballot_kind=one["ballot"],
        ballot_max=one.get("points") or one.get("max_choices"),
        tally_rule=one["rule"],
        completion=one["completion"] or Call.Completion.NONE,
        project_cost_min_minor=euros(one["min_cost"]),
        project_cost_max_minor=euros(one["max_cost"]),
    )

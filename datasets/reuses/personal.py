"""What this slice holds of a person."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.accounts.privacy import Personal, personal_data
from datasets.reuses.models import Reuse

COLUMNS = ("kind", "title", "description", "address", "organisation", "proposed_at", "state", "reason")


def for_themselves(person: Person) -> QuerySet[Reuse]:
    """Their own, which goes with them."""
    return Reuse.objects.filter(person=person, organisation=None)


def for_organisations(person: Person) -> QuerySet[Reuse]:
    """What they proposed in an organisation's name, which stays its."""
    return Reuse.objects.filter(person=person, organisation__isnull=False)


personal_data.register(
    Personal(
        model="reuses.Reuse",
        person=for_themselves,
        title=_("What you built with data"),
        export=COLUMNS,
        withhold={"token": "a number of the form"},
        notes=True,
    ),
    Personal(
        model="reuses.Reuse",
        person=for_organisations,
        title=_("What you proposed in an organisation's name"),
        export=COLUMNS,
        withhold={"token": "a number of the form"},
        anonymise={"person": None},
        reason=_("What an organisation has built with data stays shown, without your name."),
        notes=True,
    ),
)

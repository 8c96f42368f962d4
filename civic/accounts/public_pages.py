"""What slices above show on a person's and an organisation's public page: registered in their `panels.py`."""

from datetime import datetime

from civic.accounts.models import Organisation, Person
from civic.core.panels import Panels

person_panels: Panels[[Person, datetime], []] = Panels("panel of a person's public page")
organisation_panels: Panels[[Organisation, datetime], []] = Panels("panel of an organisation's page")

"""What slices above show on a dataset's page: panels, registered in their `panels.py`."""

from datetime import datetime
from typing import Any

from civic.core.panels import Panels
from datasets.catalogue.models import Dataset

panels: Panels[[Dataset, Any, datetime], []] = Panels("panel of a dataset's page", asks=False)

"""The texts of the demo city, read from the files in `content/`."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from civic.core.money import Money

CONTENT = Path(__file__).parent / "content"
EMAIL_DOMAIN = "aldermere.example"


@cache
def read(name: str) -> Any:
    """One content file by its name without the ending, e.g. `people` or `projects/grain-quay`."""
    # The C reader is ten times as fast and is in every binary wheel of PyYAML.
    reader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"), reader)  # noqa: S506


@cache
def districts() -> dict[str, Any]:
    """The GeoJSON geometry (RFC 7946) of each district by its key, and of the river as `linn`."""
    collection = json.loads((CONTENT / "districts.geojson").read_text(encoding="utf-8"))
    return {feature["properties"]["key"]: feature["geometry"] for feature in collection["features"]}


def email(key: str) -> str:
    """The invented address of a person by their key; `.example` never receives mail (RFC 2606)."""
    return f"{key.replace('-', '.')}@{EMAIL_DOMAIN}"


def currency() -> str:
    """The city's currency (ISO 4217)."""
    return str(read("city")["currency"])


def minor(amount: int) -> int:
    """Whole euros of the texts in minor units of the city's currency."""
    return Money.parse(str(amount), currency()).minor

"""The columns of a revision's CSV as CSV on the Web (CSVW). Its Table Schema is `Revision.schema` as it stands."""

from typing import Any

from datasets.catalogue.descriptors.addresses import organisation_uri
from datasets.catalogue.models import Dataset, Revision
from datasets.catalogue.vocabularies import Format

CSVW = "http://www.w3.org/ns/csvw"
# Types of Table Schema in those of CSVW; both write dates and times by ISO 8601. `number` takes exponents, too.
DATATYPES = {
    "boolean": {"base": "boolean", "format": "true|false"},
    "integer": "integer",
    "number": "number",
    "date": "date",
    "datetime": "datetime",
    "time": "time",
    "geojson": "json",
}


def csvw(dataset: Dataset, revision: Revision) -> dict[str, Any]:
    """What it says of one revision. The table's address is relative, so that a copy of both files works, too."""
    return {
        "@context": CSVW,
        "url": f"{revision.number}.{Format.CSV}",
        "dc:title": dataset.title,
        "dc:description": dataset.description,
        "dc:identifier": str(revision.number),
        "dc:publisher": {"@id": organisation_uri(dataset.publisher)},
        "dc:license": {"@id": dataset.licence},
        "dc:issued": {"@value": revision.published_at.isoformat(), "@type": "xsd:dateTime"},
        "dialect": {
            "delimiter": ",",
            "encoding": "utf-8",
            "header": True,
            "quoteChar": '"',
            "doubleQuote": True,
        },
        "tableSchema": {"columns": [_column(field) for field in revision.schema["fields"]]},
    }


def _column(field: dict[str, Any]) -> dict[str, Any]:
    """By its title alone: a `name` of CSVW has few letters, and ours may have any."""
    return {"titles": field["name"], "datatype": DATATYPES.get(field["type"], "string"), "null": ""}

"""A client of the tus protocol for the tests, by Django's test client."""

from base64 import b64encode
from hashlib import sha1
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from datasets.catalogue.models import Dataset

FILES = "/api/v1/files/"
BODY = "application/offset+octet-stream"


def said(**metadata: str) -> str:
    """Upload-Metadata."""
    return ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in metadata.items())


def sha1_of(content: bytes) -> str:
    """Upload-Checksum."""
    return f"sha1 {b64encode(sha1(content, usedforsecurity=False).digest()).decode()}"


def ask(client: Client, method: str, address: str, body: bytes = b"", **headers: str) -> HttpResponse:
    """One request; headers are written with `_`. `Tus_Resumable=""` leaves the version out."""
    sent = {"Tus_Resumable": "1.0.0", **headers}
    named = {name.replace("_", "-"): value for name, value in sent.items() if value}
    kind = BODY if method == "PATCH" or body else ""
    return client.generic(method, address, body, content_type=kind, headers=named)


def create(client: Client, dataset: Dataset, size: int, **more: Any) -> HttpResponse:
    """Begins an upload; `more` are words of its metadata."""
    metadata = said(**{"dataset": dataset.slug, "filename": "trees.csv"} | more)
    return ask(client, "POST", FILES, Upload_Length=str(size), Upload_Metadata=metadata)


def patch(client: Client, address: str, offset: int, body: bytes, **headers: str) -> HttpResponse:
    """Sends bytes."""
    return ask(client, "PATCH", address, body, Upload_Offset=str(offset), **headers)


def offset(client: Client, address: str) -> int:
    """How many bytes are there, as HEAD says."""
    answer = ask(client, "HEAD", address)
    assert answer.status_code == 200
    return int(answer.headers["Upload-Offset"])


def parts() -> list[str]:
    """What lies apart."""
    return sorted(one.name for one in Path(settings.RECEIVING_DIR).glob("*"))

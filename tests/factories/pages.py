"""The default tree of pages, with stories, pictures and call texts as the tests need them."""

import itertools
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image as Pillow
from wagtail.images.models import Image

from civic.accounts.models import Person
from civic.pages import operations
from civic.pages.models import HomePage, StoryIndexPage, StoryPage
from tests.factories import accounts

_numbers = itertools.count(1)

PARTS = [
    {"heading": "How it began", "text": "With a question in the queue.\n\nAnd an answer."},
    {"heading": "What it needs", "text": "- Time\n- A key"},
]


def tree(city: str = "Aldermere") -> HomePage:
    """A fresh installation's pages."""
    return operations.build_default_tree(city=city, contact_email="ask@example.org")


def image(title: str = "A hill", *, width: int = 1400, height: int = 900, colour: str = "teal") -> Image:
    """An uploaded picture."""
    content = BytesIO()
    Pillow.new("RGB", (width, height), colour).save(content, "JPEG")
    content.seek(0)
    return Image.objects.create(title=title, file=ImageFile(content, name=f"picture-{next(_numbers)}.jpg"))


def story(home: HomePage, *, day: date = date(2026, 5, 1), **fields: Any) -> StoryPage:
    """A published story."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "slug": f"story-{number}",
        "title": f"Story {number}",
        "lead": "What became of it, in one sentence.",
        "sections": PARTS,
    }
    return operations.write_story(parent=index(home), day=day, **(defaults | fields))


def index(home: HomePage) -> StoryIndexPage:
    """Where the stories are."""
    found: StoryIndexPage = StoryIndexPage.objects.child_of(home).get()
    return found


def editor() -> Person:
    """Somebody of the council who may edit the pages."""
    operations.prepare_editors()
    return accounts.staff("editors")


def counted(at: datetime = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)) -> None:
    """The live numbers, counted at that moment."""
    operations.count_numbers(at=at)

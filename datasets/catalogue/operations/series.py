"""Series of datasets: begun with the first dataset that is put into one, and described."""

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from civic.accounts.models import Organisation, Person
from civic.core import events, ids
from civic.core.errors import Invalid, required
from civic.core.locking import lock_row
from civic.core.policies import require
from datasets.catalogue.models import Series

LONGEST_TITLE, LONGEST = 120, 4000


def begin_series(*, actor: Person, publisher: Organisation, title: str, at: datetime) -> Series:
    """The publisher's series of this title, which is begun where there is none. Within the caller's transaction.

    Raises Forbidden, Invalid.
    """
    require(actor, "publish_data", publisher)
    title = required(
        " ".join(title.split()), _("Give the series a title."), field="new_series", longest=LONGEST_TITLE
    )
    if known := Series.objects.filter(publisher=publisher, title=title).first():
        return known
    slug = slugify(title)[:120].strip("-") or "series"
    if Series.objects.filter(slug=slug).exists():
        slug = f"{slug}-{ids.readable_code(5).lower()}"
    series = Series(publisher=publisher, title=title, slug=slug)
    events.record("series.created", actor=actor, subject=series, at=at)
    series.save(force_insert=True)
    return series


def describe_series(*, actor: Person, series: Series, title: str, description: str, at: datetime) -> Series:
    """Changes its words; its address stays. Raises Forbidden, Invalid."""
    title = required(
        " ".join(title.split()), _("Give the series a title."), field="title", longest=LONGEST_TITLE
    )
    description = description.strip()
    if len(description) > LONGEST:
        raise Invalid(description=_("At most 4,000 characters, please."))
    with transaction.atomic():
        current = lock_row(Series.objects.select_related("publisher"), pk=series.pk)
        require(actor, "edit", current)
        others = Series.objects.filter(publisher=current.publisher_id, title=title).exclude(pk=current.pk)
        if others.exists():
            raise Invalid(title=_("Another series of this publisher has this title."))
        events.record("series.edited", actor=actor, subject=current, at=at)
        current.title, current.description = title, description
        current.save(update_fields=["title", "description"])
    return current

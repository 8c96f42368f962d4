"""What a dataset says about itself, and whether it is there for everybody."""

from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts.models import Area, Organisation, Person
from civic.core import events, ids
from civic.core.errors import Conflict, Invalid, required
from civic.core.locking import lock_row
from civic.core.policies import may, require
from civic.core.states import transition
from datasets.catalogue.models import Dataset, Series
from datasets.catalogue.operations.series import begin_series
from datasets.catalogue.vocabularies import FREE_FOR_HIGH_VALUE, AccessLevel

# Words that the addresses of other pages begin with.
RESERVED = {"access", "collections", "new", "uploads", "catalog", "latest", "queries", "reuses", "series"}
LONGEST, MOST_KEYWORDS = 4000, 12
LONGEST_REASON = 2000
# What people read before they consented to a dataset of theirs, and what others may do with it.
CONSENTED_TO = {"title", "description", "licence", "access_level"}
STAYS = gettext_lazy("People have consented to this as it is: it stays.")
NO_REASON = gettext_lazy("Give the reason; everybody who comes to its page reads it.")


@dataclass(frozen=True)
class Description:
    """What a publisher says about a dataset. Without `area` it is about no place, or about many.

    `high_value_category` is an address of `vocabularies.HighValue`, for data that EU 2023/138 names. `new_series` is
    the title of a series that is begun with it; it goes before `series`.
    """

    title: str
    description: str
    theme: str
    frequency: str
    licence: str
    keywords: list[str] = field(default_factory=list)
    area: Area | None = None
    first_day: date | None = None
    last_day: date | None = None
    high_value_category: str = ""
    series: Series | None = None
    new_series: str = ""
    access_level: str = AccessLevel.OPEN

    def checked(self) -> "Description":
        """The same without blanks around it. Raises Invalid by field."""
        missing = _("Give the dataset a title of at most 120 characters.")
        title = required(" ".join(self.title.split()), missing, field="title", longest=120)
        says = _("Say in a few sentences what is in it, where it comes from and what is left out.")
        description = required(self.description, says, field="description", longest=LONGEST)
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise Invalid(last_day=_("The last day comes before the first."))
        if self.high_value_category and self.licence not in FREE_FOR_HIGH_VALUE:
            raise Invalid(licence=_("High-value data is for everybody: choose CC0 or CC BY."))
        if self.high_value_category and self.access_level != AccessLevel.OPEN:
            raise Invalid(access_level=_("High-value data is open to everybody."))
        words = list(dict.fromkeys(word for word in (" ".join(one.split()) for one in self.keywords) if word))
        if len(words) > MOST_KEYWORDS or any(len(word) > 40 for word in words):
            raise Invalid(keywords=_("At most 12 keywords of at most 40 characters each, please."))
        return replace(self, title=title, description=description, keywords=words)

    def columns(self) -> dict[str, object]:
        """By the columns of the model."""
        said = asdict(replace(self, area=None, series=None)) | {"area": self.area, "series": self.series}
        del said["new_series"]
        return said

    def placed(self, publisher: Organisation, actor: Person, at: datetime) -> "Description":
        """The same with the series that was meant, begun where it is new. Raises Forbidden, Invalid."""
        if self.new_series.strip():
            series = begin_series(actor=actor, publisher=publisher, title=self.new_series, at=at)
            return replace(self, series=series)
        if self.series and self.series.publisher_id != publisher.pk:
            raise Invalid(series=_("Choose a series of this publisher."))
        return self


def create_dataset(
    *,
    actor: Person,
    publisher: Organisation,
    said: Description,
    at: datetime,
    key: UUID | None = None,
    by_consent: bool = False,
) -> Dataset:
    """Begins a dataset, as a draft. The same `key` sent twice gives the same one.

    One that is `by_consent` gets no files of its publisher: its revisions are releases of what people share.

    Raises Forbidden, Conflict, Invalid.
    """
    said, key = said.checked(), key or ids.new_id()
    require(actor, "publish_data", publisher)
    known = Dataset.objects.filter(pk=key, publisher=publisher).first()
    if known:
        return known
    slug = free_slug(said.title)
    try:
        with transaction.atomic():
            require(actor, "publish_data", publisher)
            columns = said.placed(publisher, actor, at).columns()
            dataset = Dataset(
                pk=key, publisher=publisher, slug=slug, state_since=at, by_consent=by_consent, **columns
            )
            events.record("dataset.created", actor=actor, subject=dataset, at=at)
            dataset.save(force_insert=True)
    except IntegrityError:
        # Two asked for the same free address at once, or the same form came twice: then the other request has made it.
        if twin := Dataset.objects.filter(pk=key, publisher=publisher).first():
            return twin
        raise Conflict(_("Somebody took this title a moment ago. Please send it again.")) from None
    return dataset


def free_slug(title: str) -> str:
    """An address that no dataset has at this moment."""
    slug = slugify(title)[:120].strip("-") or "dataset"
    if slug in RESERVED or Dataset.objects.filter(slug=slug).exists():
        slug = f"{slug}-{ids.readable_code(5).lower()}"
    return slug


def describe(*, actor: Person, dataset: Dataset, said: Description, at: datetime) -> Dataset:
    """Changes what a dataset says about itself; its address stays. Raises Forbidden, Invalid.

    Of one that is `by_consent` stays what people have consented to.
    """
    said = said.checked()
    with transaction.atomic():
        current = locked(dataset)
        require(actor, "edit", current)
        said = said.placed(current.publisher, actor, at)
        if current.source and said.access_level != AccessLevel.OPEN:
            raise Invalid(access_level=_("The exchange's own tables are open to everybody."))
        changed = {name: value for name, value in said.columns().items() if getattr(current, name) != value}
        if current.by_consent and (fixed := changed.keys() & CONSENTED_TO):
            raise Invalid(**dict.fromkeys(sorted(fixed), str(STAYS)))
        change_words(current, changed, actor=actor, at=at)
    return current


def change_words(current: Dataset, changed: dict[str, object], *, actor: Person | None, at: datetime) -> None:
    """Gives columns of a locked dataset other values, and tells of it; nothing where there are none."""
    if not changed:
        return
    told = {"changed": list(changed)}
    events.record("dataset.edited", actor=actor, subject=current, at=at, payload=told)
    for name, value in changed.items():
        setattr(current, name, value)
    current.save(update_fields=list(changed))


def publish(*, actor: Person, dataset: Dataset, at: datetime) -> Dataset:
    """Shows a draft to everybody. Raises Forbidden, Conflict (it has no data yet), IllegalTransition."""
    with transaction.atomic():
        current = locked(dataset)
        require(actor, "publish", current)
        if not current.latest:
            raise Conflict(_("Upload a file first: there is nothing to publish yet."))
        transition(current, "publish", actor=actor, at=at)
    return current


def withdraw(*, actor: Person, dataset: Dataset, reason: str, at: datetime) -> Dataset:
    """Takes a dataset away; its addresses say why. Raises Forbidden, Invalid (reason), IllegalTransition.

    What the city's steward withdraws, the publisher cannot restore.
    """
    reason = required(reason, NO_REASON, longest=LONGEST_REASON)
    with transaction.atomic():
        current = locked(dataset)
        require(actor, "withdraw", current)
        take_away(current, actor=actor, reason=reason, held=not may(actor, "edit", current), at=at)
    return current


def take_away(current: Dataset, *, actor: Person | None, reason: str, held: bool, at: datetime) -> None:
    """Withdraws a locked dataset; `held` is what only the city brings back. Raises IllegalTransition."""
    transition(current, "withdraw", actor=actor, at=at, reason=reason)
    current.reason, current.held = reason, held
    current.save(update_fields=["reason", "held"])


def restore(*, actor: Person, dataset: Dataset, at: datetime) -> Dataset:
    """Brings a withdrawn dataset back. Raises Forbidden, IllegalTransition."""
    with transaction.atomic():
        current = locked(dataset)
        require(actor, "restore", current)
        bring_back(current, actor=actor, at=at)
    return current


def bring_back(current: Dataset, *, actor: Person | None, at: datetime) -> None:
    """Restores a locked dataset. Raises IllegalTransition."""
    transition(current, "restore", actor=actor, at=at)
    current.reason, current.held = "", False
    current.save(update_fields=["reason", "held"])


def locked(dataset: Dataset) -> Dataset:
    """The dataset as it is now, locked. Before any of its uploads, in every operation that locks both."""
    return lock_row(Dataset.objects.select_related("publisher"), pk=dataset.pk)

"""Collections, their purposes and the words that people read."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts.models import Organisation, Person
from civic.core import events, ids
from civic.core.errors import Conflict, Invalid, required
from civic.core.locking import lock_rows
from civic.core.policies import require
from civic.core.states import transition
from datasets.catalogue.models import Dataset
from datasets.catalogue.operations.datasets import LONGEST_REASON, Description, create_dataset, take_away
from datasets.catalogue.operations.datasets import locked as locked_dataset
from datasets.catalogue.states import DatasetState
from datasets.catalogue.vocabularies import AccessLevel, Frequency, Licence
from datasets.consent import fields
from datasets.consent.fields import Column, Role
from datasets.consent.models import Collection, Notice, Purpose, Release
from datasets.consent.models.collection import LEAST_K, MOST_K, MOST_L
from datasets.consent.operations.locking import lock_collection
from datasets.consent.states import UNDER_WAY, CollectionState

LONGEST_TITLE, LONGEST, LONGEST_WORDS, MOST_PURPOSES = 120, 4000, 1000, 10
# Words that the addresses of other pages begin with.
RESERVED = {"new", "consents", "deletions", "receipts-key", "rights"}
NO_TITLE = gettext_lazy("Give it a title of at most 120 characters.")
NO_WORDS = gettext_lazy("Say it in a sentence or two, as you would to a neighbour.")


@dataclass(frozen=True)
class Words:
    """What a person reads before they consent."""

    what: str
    readers: str
    kept: str

    def checked(self) -> "Words":
        """The same without blanks around it. Raises Invalid by field."""
        said = {
            name: required(value, NO_WORDS, field=name, longest=LONGEST_WORDS)
            for name, value in vars(self).items()
        }
        return Words(**said)


@dataclass(frozen=True)
class Profile:
    """What a purpose releases, into which kind of dataset."""

    title: str
    columns: list[Column]
    theme: str
    least_values: int = 2

    def check(self) -> None:
        """Raises Invalid by field."""
        if not any(one["role"] == Role.QUASI for one in self.columns):
            raise Invalid(columns=_("Choose at least one column that others may know."))
        if not 1 <= self.least_values <= MOST_L:
            raise Invalid(least_values=_("Between one and twenty, please."))


def create_collection(
    *,
    actor: Person,
    publisher: Organisation,
    title: str,
    description: str,
    questions: str,
    k: int,
    at: datetime,
) -> Collection:
    """Begins a collection, as a draft; its questions stay as they are. Raises Forbidden, Invalid by field."""
    title, description = _described(title, description)
    if not LEAST_K <= k <= MOST_K:
        raise Invalid(k=_("Between 5 and 1000 people, please."))
    asked = fields.parse(questions)
    with transaction.atomic():
        require(actor, "publish_data", publisher)
        slug = slugify(title)[:120].strip("-") or "collection"
        if slug in RESERVED or Collection.objects.filter(slug=slug).exists():
            slug = f"{slug}-{ids.readable_code(5).lower()}"
        collection = Collection(
            publisher=publisher,
            slug=slug,
            title=title,
            description=description,
            questions=asked,
            k=k,
            state_since=at,
        )
        events.record("collection.created", actor=actor, subject=collection, at=at)
        collection.save(force_insert=True)
    return collection


def _described(title: str, description: str) -> tuple[str, str]:
    title = required(" ".join(title.split()), NO_TITLE, field="title", longest=LONGEST_TITLE)
    says = _("Say what you want to find out, and why people should share this with you.")
    return title, required(description, says, field="description", longest=LONGEST)


def edit_collection(
    *, actor: Person, collection: Collection, title: str, description: str, at: datetime
) -> Collection:
    """Other words for a draft; its address stays. Raises Forbidden, Invalid by field, Conflict (people read it)."""
    title, description = _described(title, description)
    with transaction.atomic():
        current = lock_collection(collection)
        require(actor, "edit", current)
        if current.state != CollectionState.DRAFT:
            raise Conflict(_("People have read these words: they stay."))
        if (title, description) != (current.title, current.description):
            events.record("collection.edited", actor=actor, subject=current, at=at)
            current.title, current.description = title, description
            current.save(update_fields=["title", "description"])
    return current


def drop_collection(*, actor: Person, collection: Collection, at: datetime) -> Collection:
    """Removes a draft. Raises Forbidden, IllegalTransition."""
    with transaction.atomic():
        current = lock_collection(collection)
        require(actor, "edit", current)
        transition(current, "drop", actor=actor, at=at)
    return current


def add_purpose(
    *, actor: Person, collection: Collection, profile: Profile, words: Words, at: datetime
) -> Purpose:
    """Adds a purpose with its first notice, and the dataset that its releases go into, as a draft.

    Its profile stays: tables that were cut in two ways could be subtracted from each other. Raises Forbidden, Invalid
    by field, Conflict (it is closed, or has many).
    """
    profile.check()
    title = required(" ".join(profile.title.split()), NO_TITLE, field="title", longest=LONGEST_TITLE)
    words = words.checked()
    with transaction.atomic():
        current = lock_collection(collection)
        require(actor, "edit", current)
        if current.is_over:
            raise Conflict(_("This collection is closed."))
        if current.purposes.count() >= MOST_PURPOSES:
            raise Conflict(_("It has ten purposes already."))
        said = Description(
            title=title,
            description=words.what,
            theme=profile.theme,
            frequency=Frequency.IRREG,
            licence=Licence.CC_BY,
            access_level=AccessLevel.ON_REQUEST,
        )
        dataset = create_dataset(actor=actor, publisher=current.publisher, said=said, at=at, by_consent=True)
        purpose = Purpose(
            collection=current,
            dataset=dataset,
            title=title,
            columns=profile.columns,
            least_values=profile.least_values,
        )
        events.record("purpose.added", actor=actor, subject=purpose, at=at)
        purpose.save(force_insert=True)
        _publish(purpose, words, actor, at)
    return purpose


def publish_notice(*, actor: Person, purpose: Purpose, words: Words, at: datetime) -> Notice:
    """Other words for a purpose. Consents to the words before do not cover what is released from now on.

    What is under way was counted with these, and is dropped. Of a closed collection they stay: nobody could consent
    anew, and all that was given would be lost.

    Raises Forbidden, Invalid by field, Conflict (nothing has changed; it is closed).
    """
    words = words.checked()
    with transaction.atomic():
        current = lock_collection(purpose.collection)
        require(actor, "edit", current)
        if current.is_over:
            raise Conflict(_("This collection is closed."))
        purpose.collection = current
        newest = purpose.newest_notice
        if newest and (newest.what, newest.readers, newest.kept) == (words.what, words.readers, words.kept):
            raise Conflict(_("These are the words that hold now."))
        for under_way in lock_rows(Release.objects.filter(purpose=purpose, state__in=UNDER_WAY)):
            transition(under_way, "drop", actor=actor, at=at)
        return _publish(purpose, words, actor, at)


def _publish(purpose: Purpose, words: Words, actor: Person, at: datetime) -> Notice:
    notice = Notice(purpose=purpose, number=purpose.notices.count() + 1, published_at=at, **vars(words))
    notice.digest = notice.computed_digest()
    events.record("notice.published", actor=actor, subject=notice, at=at)
    notice.save(force_insert=True)
    return notice


def open_collection(*, actor: Person, collection: Collection, at: datetime) -> Collection:
    """People can share from now on. Raises Forbidden, Conflict (it has no purpose), IllegalTransition."""
    with transaction.atomic():
        current = lock_collection(collection)
        require(actor, "edit", current)
        if not current.purposes.exists():
            raise Conflict(_("Say first for what it is: add a purpose."))
        transition(current, "open", actor=actor, at=at)
    return current


def close_collection(*, actor: Person, collection: Collection, at: datetime) -> Collection:
    """Nobody shares any more; what was shared can be withdrawn and released. Raises Forbidden, IllegalTransition."""
    with transaction.atomic():
        current = lock_collection(collection)
        require(actor, "edit", current)
        transition(current, "close", actor=actor, at=at)
    return current


def remove_collection(*, actor: Person, collection: Collection, reason: str, at: datetime) -> Collection:
    """Takes down what people are asked, by the city's data steward, and withdraws the datasets with what was released.

    Who has shared there still withdraws and asks. Raises Forbidden, Invalid (reason), IllegalTransition.
    """
    says = _("Say why; the publisher and everybody who has shared there reads it.")
    reason = required(reason, says, field="reason", longest=LONGEST_REASON)
    with transaction.atomic():
        current = lock_collection(collection)
        require(actor, "remove", current)
        for row in Dataset.objects.filter(purpose__collection=current).order_by("pk"):
            dataset = locked_dataset(row)
            if dataset.state == DatasetState.PUBLISHED:
                take_away(dataset, actor=actor, reason=reason, held=True, at=at)
        for under_way in lock_rows(Release.objects.filter(purpose__collection=current, state__in=UNDER_WAY)):
            transition(under_way, "drop", actor=actor, at=at)
        transition(current, "remove", actor=actor, at=at, reason=reason)
    return current

"""What people fill in: a collection, a purpose and its words, answers with consents, requests and their answers."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.core.forms import RefusalsMixin, TextAreaField, field, present, typed
from datasets.catalogue.vocabularies import Theme
from datasets.consent.fields import WIDTHS, Column, Question, Role, column
from datasets.consent.models import Collection, Notice, Purpose, Submission
from datasets.consent.models.collection import LEAST_K, MOST_K, MOST_L, USUAL_K
from datasets.consent.operations.collections import LONGEST, LONGEST_TITLE, LONGEST_WORDS, Profile, Words
from datasets.consent.operations.sharing import NEW_WORDS
from datasets.consent.vocabularies import Answer, Right

ROLES = [("", _("left out")), *Role.choices]


class DraftForm(RefusalsMixin, forms.Form):
    """The words of a collection, which change while it is a draft."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    description = TextAreaField(
        label=_("What do you want to find out?"),
        rows=5,
        max_length=LONGEST,
        help_text=_("And why people should share this with you. Everybody reads it."),
    )


class CollectionForm(DraftForm):
    """What is asked of people; the questions stay as they are."""

    publisher = forms.ModelChoiceField(Organisation.objects.none(), label=_("In whose name?"))
    questions = TextAreaField(
        label=_("Questions"),
        rows=6,
        max_length=8000,
        help_text=_(
            "One a line, and they stay as they are: “District: Old Town = Centre | Mill = Centre | Harbour”, where = "
            "gives a coarser word, or “Age: 16 to 99”. There is no free text, which could name somebody."
        ),
    )
    k = forms.IntegerField(
        label=_("Over how many people at least is each figure?"),
        min_value=LEAST_K,
        max_value=MOST_K,
        initial=USUAL_K,
        help_text=_("All figures that leave here are multiples of this number."),
    )

    field_order = ("publisher", "title", "description", "questions", "k")

    def __init__(self, organisations: Any, data: Any = None) -> None:
        super().__init__(data)
        field(self, "publisher", forms.ModelChoiceField).queryset = organisations


class WordsForm(RefusalsMixin, forms.Form):
    """What a person reads before they consent."""

    what = TextAreaField(label=_("What is used, and for what?"), rows=3, max_length=LONGEST_WORDS)
    readers = TextAreaField(label=_("Who reads it?"), rows=3, max_length=LONGEST_WORDS)
    kept = TextAreaField(label=_("How long is it kept?"), rows=2, max_length=LONGEST_WORDS)

    @classmethod
    def of(cls, notice: Notice | None, data: Any = None) -> "WordsForm":
        """With the words that hold now."""
        names = ("what", "readers", "kept")
        return cls(data, initial={name: getattr(notice, name) for name in names} if notice else None)

    def words(self) -> Words:
        """What was filled in, as the operation takes it."""
        return Words(**{name: self.cleaned_data[name] for name in ("what", "readers", "kept")})


class PurposeForm(WordsForm):
    """A purpose with its first words; each question of the collection has two fields: what it is, and how coarse."""

    title = forms.CharField(label=_("What is it for?"), max_length=LONGEST_TITLE)
    theme = forms.ChoiceField(label=_("Theme"), choices=[("", "–"), *Theme.choices])
    least_values = forms.IntegerField(
        label=_("How many values of what is sensitive has each group at least?"),
        min_value=1,
        max_value=MOST_L,
        initial=2,
        help_text=_("With one, a group of people of whom all say the same tells it of each of them."),
    )
    field_order = ("title", "what", "readers", "kept", "theme", "least_values")

    def __init__(self, collection: Collection, data: Any = None) -> None:
        super().__init__(data)
        self.questions = collection.questions
        for place, question in enumerate(self.questions):
            words = {"label": question["label"]}
            self.fields[f"role-{place}"] = forms.ChoiceField(
                label=_("%(label)s: what is it?") % words, choices=ROLES, required=False
            )
            self.fields[f"step-{place}"] = forms.ChoiceField(
                label=_("%(label)s: how coarse?") % words, choices=_steps(question)
            )

    def profile(self) -> Profile:
        """What was filled in, as the operation takes it. Raises Invalid (columns)."""
        data = self.cleaned_data
        chosen: list[Column] = [
            column(question, data[f"role-{place}"], data[f"step-{place}"])
            for place, question in enumerate(self.questions)
            if data[f"role-{place}"]
        ]
        names = ("title", "theme", "least_values")
        return Profile(columns=chosen, **{name: data[name] for name in names})


def _steps(question: Question) -> list[tuple[str, Any]]:
    if "low" in question:
        return [(str(width), _("in bands of %(width)s") % {"width": width}) for width in WIDTHS]
    exact: list[tuple[str, Any]] = [("exact", _("each answer"))]
    return [*exact, ("groups", _("the coarser words"))] if question["groups"] else exact


class ShareForm(RefusalsMixin, forms.Form):
    """An answer to each question, and a box for each purpose that the person has not consented to; none is ticked."""

    def __init__(
        self,
        collection: Collection,
        purposes: Iterable[Purpose],
        submission: Submission | None = None,
        data: Any = None,
    ) -> None:
        super().__init__(data)
        self.asked = list(purposes)
        known = submission.values if submission else {}
        # By their place and not by the publisher's words: a field named "code" would be taken for a secret, and what
        # was filled in would be gone for who has to sign in again.
        self.names = {f"answer-{place}": one["name"] for place, one in enumerate(collection.questions)}
        for question, name in zip(collection.questions, self.names, strict=True):
            self.fields[name] = _field(question, known.get(question["name"]))
        for purpose in self.asked:
            notice = purpose.newest_notice
            self.fields[f"purpose-{purpose.pk}"] = forms.BooleanField(
                label=_("I consent: %(title)s") % {"title": purpose.title},
                help_text=_spelled(notice) if notice else "",
                required=False,
            )

    def clean(self) -> None:
        """Takes the tick off where the page had other words, whatever else is wrong: nobody has read the new ones."""
        for purpose in self.asked:
            name, notice = f"purpose-{purpose.pk}", purpose.newest_notice
            ticked = self.cleaned_data.get(name)
            if ticked and (notice is None or self._digest(purpose) != notice.digest):
                self.data = {one: value for one, value in self.data.items() if one != name}
                self.add_error(name, NEW_WORDS % {"title": purpose.title})

    def values(self) -> dict[str, Any]:
        """The answers, by the names of the questions."""
        return {question: self.cleaned_data[name] for name, question in self.names.items()}

    def consents(self) -> dict[UUID, str]:
        """The purposes that were ticked, with the digest of the words that the page showed."""
        return {one.pk: self._digest(one) for one in self.asked if self.cleaned_data[f"purpose-{one.pk}"]}

    def said(self) -> list[tuple[str, str]]:
        """What was sent, as people read it: the answers, and what is consented to in the words that the page showed."""
        boxes = {str(self.fields[f"purpose-{one.pk}"].label) for one in self.asked}
        ticked = [one for one in self.asked if self.data.get(f"purpose-{one.pk}")]
        answers = [(label, words) for label, words in typed(self) if label not in boxes]
        return [*answers, *(self._consent(one) for one in ticked)]

    def _consent(self, purpose: Purpose) -> tuple[str, str]:
        shown = [one for one in purpose.notices.all() if one.digest == self._digest(purpose)]
        label = str(self.fields[f"purpose-{purpose.pk}"].label)
        if not shown:
            return label, str(_("Words that are no more."))
        return label, "\n".join([_spelled(shown[0]), *purpose.leaves, purpose.protection])

    def _digest(self, purpose: Purpose) -> str:
        return str(self.data.get(f"notice-{purpose.pk}", ""))


def _spelled(notice: Notice) -> str:
    return str(_("%(what)s Who reads it: %(readers)s How long it is kept: %(kept)s") % vars(notice))


def _field(question: Question, initial: Any) -> forms.Field:
    if "low" in question:
        return forms.IntegerField(
            label=question["label"],
            min_value=question["low"],
            max_value=question["high"],
            initial=initial,
            help_text=_("From %(low)s to %(high)s.") % question,
        )
    choices = [(one, one) for one in question["choices"]]
    return forms.ChoiceField(
        label=question["label"], choices=choices, widget=forms.RadioSelect, initial=initial
    )


class RightsForm(RefusalsMixin, forms.Form):
    """What somebody asks about their own data."""

    right = forms.ChoiceField(
        label=_("What do you ask for?"), choices=Right.choices, widget=forms.RadioSelect
    )
    words = TextAreaField(label=_("In your words"), rows=4, max_length=2000, required=False)


class RightsAnswerForm(RefusalsMixin, forms.Form):
    """What is said to who has asked."""

    answer = TextAreaField(label=_("Your answer"), rows=4, max_length=2000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present(self, "answer", expected=True)


class DeletionForm(RefusalsMixin, forms.Form):
    """What has become of copies."""

    answer = forms.ChoiceField(
        label=_("What has become of your copies?"), choices=Answer.choices, widget=forms.RadioSelect
    )
    words = TextAreaField(label=_("In your words"), rows=3, max_length=2000, required=False)

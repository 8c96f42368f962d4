"""What people fill in: a comment, a report, an appeal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.core.forms import RefusalsMixin, TextAreaField, field, present
from civic.core.ids import new_id
from projects.discussion import queries
from projects.discussion.models import Comment, ModerationCase
from projects.discussion.models.discussion import MAX_LENGTH
from projects.discussion.rules import RULES, Category
from projects.proposals.models import Project


class CommentForm(RefusalsMixin, forms.Form):
    """A comment or a reply. The token makes a double click one comment."""

    body = TextAreaField(
        label=_("Your comment"),
        rows=3,
        max_length=MAX_LENGTH,
        error_messages={"required": _("Write something first.")},
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Speak for"), required=False, empty_label=_("Yourself")
    )
    parent = forms.ModelChoiceField(Comment.objects.none(), required=False, widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)

    def __init__(self, project: Project, actor: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speaks_for = queries.speaks_for(actor)
        field(self, "organisation", forms.ModelChoiceField).queryset = self.speaks_for
        field(self, "parent", forms.ModelChoiceField).queryset = Comment.objects.filter(project=project)


class EditForm(RefusalsMixin, forms.Form):
    body = TextAreaField(label=_("Your comment"), rows=6, max_length=MAX_LENGTH)


class ReportForm(RefusalsMixin, forms.Form):
    """What is wrong with a comment or project; an address where nobody is signed in."""

    category = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Category.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the house rule that is broken.")},
    )
    text = TextAreaField(
        label=_("In your words"),
        rows=4,
        max_length=1000,
        required=False,
        help_text=_("Helps the moderator to see what you see. Who wrote it does not get to read this."),
    )
    email = forms.EmailField(
        label=_("Your email address"), help_text=_("To tell you what was decided; for nothing else.")
    )

    def __init__(self, *args: Any, signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present(self, "category", choice_hints={category: rule.text for category, rule in RULES.items()})
        if signed_in:
            del self.fields["email"]


class AppealForm(RefusalsMixin, forms.Form):
    text = TextAreaField(label=_("Why is the decision wrong?"), rows=5, max_length=2000)


class DecisionForm(RefusalsMixin, forms.Form):
    """What a moderator decides about a case; without reasons of their own, the rule's are given."""

    verb = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    category = forms.ChoiceField(
        label=_("House rule that is broken"), choices=[("", "—"), *Category.choices], required=False
    )
    facts = TextAreaField(
        label=_("Facts and reasons"),
        rows=4,
        max_length=2000,
        required=False,
        help_text=_("The people concerned read this. Left empty, the usual words for the rule are sent."),
    )
    text = TextAreaField(label=_("Text after editing"), rows=6, max_length=MAX_LENGTH, required=False)

    def __init__(self, case: ModerationCase, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verbs = {verb: label for verb, label in VERBS.items() if case.can(verb)}
        if case.comment is None:
            verbs.pop("edit", None)
        if "edit" not in verbs:
            del self.fields["text"]
        if "hide" not in verbs:
            del self.fields["category"]
            self.fields["facts"].required = True
            self.fields["facts"].help_text = _("The people concerned read this.")
        field(self, "verb", forms.ChoiceField).choices = list(verbs.items())


VERBS = {
    "keep": _("Keep it: no rule is broken"),
    "hide": _("Hide it"),
    "edit": _("Take out what breaks a rule"),
    "uphold": _("The decision stands"),
    "overturn": _("Undo the decision"),
}

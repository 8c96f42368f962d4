"""Staff actions: one operation over the rows that are ticked in a list of the council's desk.

    actions = (
        StaffAction(delivering.accept, "milestone", _("Accept"), permission=("run_any", Call)),
        StaffAction(job_actions.retry, "job", _("Put back"), permission=("handle", Command), reason="none"),
    )

Each goes the same way: a page lists the rows and asks for a reason and whatever else the operation takes; the
operation runs once a row, each in its own transaction; the outcome lists what was done and what was refused.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import KW_ONLY, dataclass
from typing import Any, Literal

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from civic.core import clock
from civic.core.access import require_password
from civic.core.errors import Refused, Text
from civic.core.list_columns import Column, columns, link
from civic.core.policies import Thing, may

log = logging.getLogger(__name__)
BROKEN = gettext_lazy(
    "Something broke on our side, and nothing of this was changed. Whoever runs the site is told."
)

# The page that asks posts a hidden field a row, and Django takes a thousand fields; the rows wait for one another.
MOST_ROWS = 500
# So many rows are named in the message that all is done; of more it says how many.
NAMED = 5
# The session keeps the outcome of the last action: a page of it that is loaded anew must not run anything again.
OUTCOME = "staff_action_outcome"


class ReasonForm(forms.Form):
    """Why staff did something; whoever it was done to reads it."""

    needs_reason = True
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
        help_text=gettext_lazy("It is kept in the event log, and who is concerned can read it."),
        error_messages={"required": gettext_lazy("Say why.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = self.needs_reason


@dataclass(frozen=True)
class Result:
    """What became of one row: `detail` is what there is to say of it, or why it was refused."""

    row: Any
    done: bool
    detail: Text


@dataclass
class StaffAction:
    """An entry of a list's menu that runs `operation(actor=, at=, <thing>=row, reason=, …)` for each row ticked.

    It is offered to whoever may do the verb of `permission` with its thing, a class or an area, since a menu is
    offered before there is a row; whether the person may do it to this row, the operation says.
    `form` asks for more than the reason, in fields named as the operation's arguments. `explanation` says what will
    happen, `answer` what there is to say of a row that is done, from what the operation returned.
    """

    operation: Callable[..., Any]
    thing: str
    title: Text
    _: KW_ONLY
    permission: tuple[str, Thing]
    reason: Literal["required", "optional", "none"] = "required"
    form: type[forms.Form] = forms.Form
    explanation: Text = ""
    answer: Callable[[Any], Text] = lambda made: ""
    # Moves power or money: whoever finds an open session does not do it without the password.
    sensitive: bool = False
    name: str = ""

    def __post_init__(self) -> None:
        if self.reason != "none":
            bases = (ReasonForm,) if self.form is forms.Form else (ReasonForm, self.form)
            self.form = type("StaffActionForm", bases, {"needs_reason": self.reason == "required"})
        # Django's admin tells actions apart by the one and shows the other.
        self.name = self.__name__ = self.name or self.operation.__name__
        self.short_description = self.title

    def permits(self, actor: Any) -> bool:
        """Whether the action is offered to this person at all."""
        return may(actor, *self.permission)

    def __call__(self, model_admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
        """The page that asks; once that is confirmed, the operation for each row and what came of it."""
        chosen = list(_chosen(model_admin, request, rows)[: MOST_ROWS + 1])
        if len(chosen) > MOST_ROWS:
            words = _("At most %(most)s rows at once. Narrow the list first; nothing was changed.")
            model_admin.message_user(request, words % {"most": MOST_ROWS}, messages.ERROR)
            return None
        gone = len(set(request.POST.getlist(ACTION_CHECKBOX_NAME))) - len(chosen)
        if gone > 0 and request.POST.get("select_across") != "1":
            words = ngettext("%(n)s row is not there any more.", "%(n)s rows are not there any more.", gone)
            model_admin.message_user(request, words % {"n": gone}, messages.WARNING)
        if not chosen:
            return None
        if self.sensitive:
            # Before the page that asks: what is typed there is not lost by it, and it names rows and action anew.
            require_password(request, self._said(chosen))
        if "confirmed" not in request.POST:
            return self._ask(model_admin, request, chosen, self.form(initial=request.POST.dict()))
        form = self.form(request.POST)
        if not form.is_valid():
            return self._ask(model_admin, request, chosen, form)
        return self._tell(model_admin, request, self.run(request.user, chosen, **form.cleaned_data))

    def _said(self, chosen: list[Any]) -> Iterator[tuple[Text, Text]]:
        """What was chosen, for who is asked for the password: names are read only then."""
        yield _("Step"), self.title
        yield _("For"), names_of(chosen)

    def run(self, actor: Any, rows: Iterable[Any], **more: Any) -> list[Result]:
        """Applies the operation to each row; one that is refused says why, or that it broke, and the others go on."""
        results, at = [], clock.now()
        for row in rows:
            try:
                made = self.operation(actor=actor, at=at, **{self.thing: row}, **more)
                results.append(Result(row, True, self.answer(made)))
            except Refused as refusal:
                results.append(Result(row, False, refusal.detail))
            except DatabaseError:
                # A rule of the database that the operation does not ask before: ours to mend, and an alarm by the log.
                # The rows before are done already, and whoever ticked them has to be told of all.
                log.exception("%s failed for %r", self.name, row)
                results.append(Result(row, False, BROKEN))
        return results

    def _ask(self, model_admin: Any, request: HttpRequest, rows: list[Any], form: forms.Form) -> HttpResponse:
        asked = {"title": self.title, "action": self.name, "explanation": self.explanation}
        return confirm_page(model_admin, request, rows, form, **asked)

    def _tell(self, model_admin: Any, request: HttpRequest, results: list[Result]) -> HttpResponse:
        """A message where everything is done and there is no more to say, a page of its own otherwise."""
        if all(result.done and not result.detail for result in results):
            done = _named(model_admin, [result.row for result in results])
            text = format_html(_("“{action}” is done for {rows}."), action=self.title, rows=done)
            model_admin.message_user(request, text, messages.SUCCESS)
            return redirect(request.get_full_path())
        request.session[OUTCOME] = {
            "model": model_admin.opts.label,
            "action": self.name,
            "title": str(self.title),
            "back": request.get_full_path(),
            "typed": [(name, text) for name in self.form.base_fields for text in request.POST.getlist(name)],
            "results": [(str(one.row.pk), str(one.row), one.done, str(one.detail)) for one in results],
        }
        return redirect(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_outcome")


def confirm_page(
    model_admin: Any, request: HttpRequest, rows: list[Any], form: forms.Form, **asked: Text
) -> HttpResponse:
    """The page that names the rows of an action and asks; `asked` are its title, its name, and what it will do.

    What it sends is the action once more, with `confirmed`.
    """
    shown = columns(model_admin, model_admin.confirm_display or model_admin.get_list_display(request)[:4])
    context = {
        **model_admin.admin_site.each_context(request),
        **asked,
        "opts": model_admin.opts,
        "media": model_admin.media + form.media,
        "form": form,
        "checkbox": ACTION_CHECKBOX_NAME,
        "back": request.get_full_path(),
        "labels": [column.label for column in shown],
        "rows": [(row.pk, _cells(model_admin, shown, row)) for row in rows],
    }
    return render(request, "admin/core/confirm.html", context, status=422 if form.errors else 200)


def outcome_of(model_admin: Any, request: HttpRequest) -> dict[str, Any] | None:
    """What the last action of this person on this list came to; None where there was none."""
    kept = request.session.get(OUTCOME, {})
    if kept.get("model") != model_admin.opts.label:
        return None
    rows = sorted(kept["results"], key=lambda row: row[2])  # the refused ones first: they are to be looked at
    results = [(link(model_admin, key, label), done, detail) for key, label, done, detail in rows]
    refused = [key for key, _label, done, _detail in kept["results"] if not done]
    return {**kept, "results": results, "refused": refused, "done": len(results) - len(refused)}


def _chosen(model_admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows that are ticked, or all that fit the filters where that was asked for.

    What was ticked is not narrowed by the filters once more: a row that has left the queue meanwhile is refused by
    its operation, with its name, instead of being passed over in silence.
    """
    if request.POST.get("select_across") == "1":
        return rows
    chosen = model_admin.get_queryset(request).filter(pk__in=request.POST.getlist(ACTION_CHECKBOX_NAME))
    related = model_admin.get_list_select_related(request)
    return chosen.select_related(*related) if isinstance(related, tuple | list) else chosen


def _cells(model_admin: Any, shown: list[Column], row: Any) -> list[tuple[str, str]]:
    """Labels and what stands there; the first leads to the row, unless it is more than text."""
    cells = [(column.label, column.shown(row)) for column in shown]
    label, text = cells[0]
    first = text if isinstance(text, SafeString) else link(model_admin, row.pk, text)
    return [(label, first), *cells[1:]]


def names_of(rows: list[Any]) -> str:
    """The rows by name, or how many where they are many."""
    return ", ".join(str(row) for row in rows) if len(rows) <= NAMED else _how_many(rows)


def _how_many(rows: list[Any]) -> str:
    return ngettext("%(count)s row", "%(count)s rows", len(rows)) % {"count": len(rows)}


def _named(model_admin: Any, rows: list[Any]) -> SafeString | str:
    if len(rows) > NAMED:
        return _how_many(rows)
    return format_html_join(", ", "{}", ((link(model_admin, row.pk, str(row)),) for row in rows))

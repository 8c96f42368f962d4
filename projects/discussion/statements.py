"""The statement of reasons in plain text, as it is sent (Digital Services Act, Article 17)."""

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from projects.discussion.models import ModerationCase
from projects.discussion.states import CaseState


def reasons(case: ModerationCase) -> str:
    """Facts, rule, that a person decided, and what can be done about it. Addressed to the thing's author."""
    parts = [
        _("What we decided: %s.") % case.get_decision_display(),
        _("Why: %s") % case.facts,
        _("House rule %(number)s: %(text)s") % {"number": case.rule.number, "text": case.rule.text}
        if case.rule
        else "",
        _("A member of the council's staff decided, after a report. No automated means were used."),
        _("Until %(date)s you can appeal on the page of this decision; another moderator will decide.")
        % {"date": date_format(timezone.localtime(case.appeal_until()), "j F Y")},
        _("You can also turn to a certified out-of-court dispute settlement body, or to a court."),
    ]
    return "\n\n".join(part for part in parts if part)


def answer_to_report(case: ModerationCase) -> str:
    """What whoever reported is told: the outcome and its reasons, not who wrote or who else reported."""
    parts = [_("What we decided: %s.") % case.get_decision_display(), _("Why: %s") % case.facts]
    if case.decision == CaseState.KEPT:
        parts.append(
            _("If you think that this is wrong, you can appeal within six months, or turn to a court.")
        )
    return "\n\n".join(parts)


def second_decision(case: ModerationCase) -> str:
    """How the appeal ended and why."""
    last = _("You can still turn to a certified out-of-court dispute settlement body, or to a court.")
    return "\n\n".join([_("Why: %s") % case.review, last])


def receipt() -> str:
    """The confirmation of a report (Article 16)."""
    return _(
        "Thank you. A moderator will read it in its context. We will tell you what was decided, and why."
    )


def letter_of_receipt(case: ModerationCase) -> str:
    """The confirmation of a report by somebody without an account."""
    text = _(
        "Thank you. A moderator will read your report about “%(title)s” and we will write to you what was decided."
    )
    project = case.on_project
    return f"{text % {'title': project.title}}\n\n{settings.SITE_URL}{project.get_absolute_url()}"

"""Words of the steps that people take with requests and grants, and of how something was read."""

from django.utils.translation import gettext_lazy as _

from civic.core.errors import Text
from civic.core.steps import Step
from datasets.access.vocabularies import Side

REQUEST_STEPS = {
    "submit": Step(
        _("Send it to the publisher"),
        _("Send this request?"),
        _("The publisher reads it and decides. You hear of it."),
        _("It is sent. We tell you when there is an answer."),
    ),
    "withdraw": Step(
        _("Take it back"),
        _("Take this request back?"),
        _("Nobody decides about it any more. You can ask again later."),
        _("It is taken back."),
        danger=True,
    ),
    "approve": Step(
        _("Approve"),
        _("Approve this request?"),
        _(
            "The terms are frozen as an agreement, and whoever asked can read the data at once, for the time asked. "
            "You can suspend or revoke it at any time."
        ),
        _("It is approved, and they can read the data now."),
        asks_reason=True,
    ),
    "return": Step(
        _("Ask something back"),
        _("Return this request with a question?"),
        _("Whoever asked can change it and send it again."),
        _("It is returned."),
        asks_reason=True,
    ),
    "reject": Step(
        _("Reject"),
        _("Reject this request?"),
        _("Whoever asked reads your reason."),
        _("It is rejected."),
        asks_reason=True,
        danger=True,
    ),
}
GRANT_STEPS = {
    "suspend": Step(
        _("Suspend"),
        _("Suspend this access?"),
        _("Nothing can be read by it from then on. A download that runs is cut off."),
        _("It is suspended."),
        asks_reason=True,
        danger=True,
    ),
    "resume": Step(
        _("Resume"),
        _("Resume this access?"),
        _("The data can be read by it again, until its time is over."),
        _("It is in force again."),
    ),
    "release": Step(
        _("Take the suspension back"),
        _("Take your suspension back?"),
        _("Nothing can be read by it even so. Access can be given anew."),
        _("It is taken back."),
    ),
    "revoke": Step(
        _("Revoke"),
        _("Revoke this access for good?"),
        _(
            "Nothing can be read by it any more. Whoever holds it reads your reason and would have to ask again."
        ),
        _("It is revoked."),
        asks_reason=True,
        danger=True,
    ),
    "end": Step(
        _("End it"),
        _("End this access?"),
        _("You can read nothing by it any more. The publisher hears of it."),
        _("It is ended."),
        danger=True,
    ),
    "key": Step(
        _("Make a key for programs"),
        _("Make a key for programs?"),
        _("It is shown once. One that was made before opens nothing any more."),
        "",
    ),
}
HOLDS: dict[Side, Text] = {
    Side.CITY: _("The city has suspended or revoked it: only the city can resume it"),
    Side.PUBLISHER: _("The publisher has suspended or revoked it"),
}
FORMS: dict[str, Text] = {
    "page": _("looked at"),
    "revision page": _("looked at"),
    "csv": _("CSV downloaded"),
    "parquet": _("Parquet downloaded"),
    "embed": _("shown by an embed"),
    "query": _("a query"),
    "query.api": _("a query by a program"),
    "query.csv": _("a query as CSV"),
    "query.parquet": _("a query as Parquet"),
    "query.svg": _("a query as a picture"),
    "query.png": _("a query as a picture"),
}
BASES: dict[str, Text] = {
    "publisher": _("for its publisher"),
    "steward": _("as the city's data steward"),
}

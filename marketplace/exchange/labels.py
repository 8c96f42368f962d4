"""Words of the steps that people take with needs, offers and deliveries, and of what happened."""

from django.utils.translation import gettext_lazy as _

from civic.core.errors import Text
from civic.core.steps import Step

NEED_STEPS = {
    "open": Step(
        _("Open it"),
        _("Open this need?"),
        _("Everybody reads it, may add to its bounty and offer data. What it asks for stays from then on."),
        _("It is open."),
    ),
    "withdraw": Step(
        _("Withdraw it"),
        _("Withdraw this need?"),
        _("It ends. Everybody gets back what they gave, and reads your reason."),
        _("It is withdrawn, and what was given goes back."),
        asks_reason=True,
        danger=True,
    ),
}
OFFER_STEPS = {
    "award": Step(
        _("Choose this offer"),
        _("Choose this offer?"),
        _("The organisation delivers next. The bounty is paid only for data that passes all checks."),
        _("It is chosen. The organisation has been told."),
    ),
    "release": Step(
        _("Take the choice back"),
        _("Take the choice back?"),
        _("The organisation reads your reason, and another offer can be chosen."),
        _("It is taken back."),
        asks_reason=True,
        danger=True,
    ),
    "withdraw": Step(
        _("Take the offer back"),
        _("Take this offer back?"),
        _("The project's team reads your reason. You can offer again while the need is open."),
        _("It is taken back."),
        asks_reason=True,
        danger=True,
    ),
}
ANSWERS = {
    "accept": Step(
        _("Accept"),
        _("Accept what was delivered?"),
        _("Offered for the bounty, it is the organisation's from then on; otherwise all of it goes back."),
        _("It is accepted."),
    ),
    "return": Step(
        _("Return it"),
        _("Return what was delivered?"),
        _("The organisation reads what is missing, and has two weeks at least to deliver again."),
        _("It is returned."),
        asks_reason=True,
    ),
}
HISTORY: dict[str, Text] = {
    "data_need.opened": _("Opened"),
    "data_need.offered": _("Has offers"),
    "data_need.reopened": _("Open again"),
    "data_need.awarded": _("An offer was chosen"),
    "data_need.delivered": _("Delivered"),
    "data_need.returned": _("Returned"),
    "data_need.accepted": _("Accepted"),
    "data_need.paid": _("The bounty was paid"),
    "data_need.reversed": _("The payment came back"),
    "data_need.lapsed": _("Its last day was over"),
    "data_need.withdrawn": _("Withdrawn"),
    "data_need.refunded": _("All that was given has gone back"),
    "data_need.reminded": _("Waits for an answer since 30 days"),
}

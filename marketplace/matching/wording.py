"""What a match fund does, in plain words with an example that is worked out by its own rule."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from civic.core.errors import Text
from civic.core.money import Money, decimals
from marketplace.matching import quadratic
from marketplace.matching.models import MatchFund

Fact = tuple[Text, Text]


@dataclass(frozen=True)
class Explained:
    """A rule in a sentence, an example in sentences, and its limits as a list."""

    rule: Text
    example: list[Text]
    limits: list[Fact]


def explain(fund: MatchFund) -> Explained:
    """The rule of a fund for its page."""
    rule, example = {
        MatchFund.Rule.RATIO: _ratio,
        MatchFund.Rule.THRESHOLD: _threshold,
        MatchFund.Rule.QUADRATIC: _quadratic,
    }[MatchFund.Rule(fund.rule)](fund)
    return Explained(rule, example, _limits(fund))


def _whole(fund: MatchFund, major: int) -> Money:
    return Money(major * 10 ** decimals(fund.currency), fund.currency)


def _ratio(fund: MatchFund) -> tuple[Text, list[Text]]:
    each = _whole(fund, 1)
    added = fund.money(each.minor * (fund.ratio_bp or 0) // 10_000)
    rule = _("For each %(each)s that a resident gives, the fund adds %(added)s, at once.")
    gift = _whole(fund, 20)
    match = fund.money(fund.adds_to(gift.minor))
    return rule % {"each": each, "added": added}, [
        _("You give %(gift)s.") % {"gift": gift},
        _("The fund adds %(match)s.") % {"match": match},
        _("The project gets %(sum)s.") % {"sum": gift + match},
    ]


def _threshold(fund: MatchFund) -> tuple[Text, list[Text]]:
    people, unlocked = fund.threshold_backers or 0, fund.money(fund.threshold_minor or 0)
    words = {"people": people, "before": people - 1, "sum": unlocked}
    return _("Once %(people)s residents back a project, the fund adds %(sum)s.") % words, [
        _("It counts how many give, not how much: %(people)s small gifts unlock it as well as large ones.")
        % words,
        _("With %(before)s backers the fund adds nothing yet; the sum is set aside and waits.") % words,
        _("The next one unlocks %(sum)s for the project.") % words,
    ]


def _quadratic(fund: MatchFund) -> tuple[Text, list[Text]]:
    small, large = _whole(fund, 25), _whole(fund, 100)
    match = fund.money(quadratic.weight([small.minor] * 4) // quadratic.SCALE**2)
    words = {"small": small, "large": large, "match": match}
    return _("The more residents give, the more the fund adds; how many counts more than how much."), [
        _("Four people give %(small)s each, %(large)s together: the rule adds %(match)s.") % words,
        _("One person gives %(large)s alone: the rule adds nothing.") % words,
        _("Where all projects together would get more than is in the fund, each gets the same part of it."),
    ]


def _limits(fund: MatchFund) -> list[Fact]:
    once = fund.rule == MatchFund.Rule.QUADRATIC
    known = [
        (_("Smallest gift that counts"), fund.gift_min_minor),
        (
            _("Most of one person's gifts that counts") if once else _("Most for one gift"),
            fund.gift_cap_minor,
        ),
        (_("Most for one person's gifts to all projects"), fund.person_cap_minor),
        (_("Most for one project"), fund.project_cap_minor),
    ]
    return [(name, fund.money(minor).format()) for name, minor in known if minor is not None]

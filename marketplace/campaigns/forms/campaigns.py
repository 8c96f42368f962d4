"""The team's form for a campaign."""

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from civic.core.forms import RefusalsMixin, present
from civic.core.money import Money
from marketplace.campaigns.forms.pledges import affix, money_of
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations.campaigns import LONGEST_USE, MOST_STRETCH_GOALS, Terms

SHOWN_STRETCH_GOALS = 3
MONEY = ("goal", "pledge_min", "pledge_max", "cap")


class CampaignForm(RefusalsMixin, forms.Form):
    """What a campaign promises; amounts as people write them, the end as a day (until its last minute)."""

    goal = forms.CharField(label=_("Goal"), max_length=20, help_text=_("What has to come together."))
    rule = forms.ChoiceField(
        label=_("If the goal is missed"),
        choices=[
            (Campaign.Rule.ALL_OR_NOTHING, _("All or nothing")),
            (Campaign.Rule.KEEP, _("Keep what is raised")),
        ],
        widget=forms.RadioSelect,
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("People can pledge until midnight of that day."),
    )
    use = forms.CharField(
        label=_("What the money is for"),
        max_length=LONGEST_USE,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("People read this before they give. It is fixed once the campaign is open."),
    )
    pledge_min = forms.CharField(label=_("Smallest pledge"), max_length=20)
    pledge_max = forms.CharField(label=_("Most that one person may pledge"), max_length=20, required=False)
    cap = forms.CharField(
        label=_("Most that people may pledge together"),
        max_length=20,
        required=False,
        help_text=_("Empty: no limit."),
    )
    sponsor_share = forms.IntegerField(
        label=_("Most that sponsors may give"),
        min_value=0,
        max_value=100,
        help_text=_("As a share of the goal. It is public."),
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        for name in MONEY:
            present(self, name, affix=affix(currency))
            self.fields[name].widget.attrs["inputmode"] = "decimal"
        present(self, "sponsor_share", unit="%")
        present(
            self,
            "rule",
            cards=True,
            choice_hints={
                Campaign.Rule.ALL_OR_NOTHING: _("Nobody pays, and who has paid gets it back."),
                Campaign.Rule.KEEP: _("The project keeps what came. People pay when they pledge."),
            },
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in MONEY:
            try:
                values[name] = money_of(values[name], self.currency) if values.get(name) else None
            except forms.ValidationError as error:
                self.add_error(name, error)
        return values

    def terms(self, stretch: list[tuple[Money, str]]) -> Terms:
        """What the operation takes; only once the form is valid."""
        data = self.cleaned_data
        return Terms(
            goal=data["goal"],
            rule=data["rule"],
            ends_at=_end_of(data["ends_on"]),
            use=data["use"],
            pledge_min=data["pledge_min"],
            pledge_max=data["pledge_max"],
            cap=data["cap"],
            sponsor_share_max_bp=data["sponsor_share"] * 100,
            stretch=stretch,
        )

    def add_error(self, field: str | None, error: Any) -> None:
        """The operation speaks of a moment and of basis points; the form has a day and per cent."""
        names = {"ends_at": "ends_on", "sponsor_share_max_bp": "sponsor_share"}
        super().add_error(names.get(field or "", field), error)


def _end_of(day: Any) -> datetime:
    """The last minute of a day here, as a moment."""
    midnight = datetime.combine(day, time(23, 59), tzinfo=timezone.get_current_timezone())
    return midnight.astimezone(UTC)


class StretchForm(forms.Form):
    """One further goal; an empty row does not count."""

    amount = forms.CharField(label=_("From"), max_length=20, required=False)
    use = forms.CharField(label=_("What it adds"), max_length=300, required=False)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        present(self, "amount", affix=affix(currency))
        for name in ("amount", "use"):
            present(self, name, expected=True)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("amount") or values.get("use"):
            try:
                values["money"] = money_of(values.get("amount") or "", self.currency)
            except forms.ValidationError as error:
                self.add_error("amount", error)
            if not values.get("use"):
                self.add_error("use", _("Say what more is done."))
        return values


StretchForms = forms.formset_factory(StretchForm, extra=SHOWN_STRETCH_GOALS, max_num=MOST_STRETCH_GOALS)


def initial_of(campaign: Campaign | None) -> dict[str, Any]:
    """What stands in the form of a campaign, or of a new one."""
    if campaign is None:
        return {"rule": Campaign.Rule.ALL_OR_NOTHING, "sponsor_share": 50, "pledge_min": "5"}
    return {
        "goal": _plain(campaign, campaign.goal_minor),
        "rule": campaign.rule,
        "ends_on": timezone.localdate(campaign.ends_at),
        "use": campaign.use,
        "pledge_min": _plain(campaign, campaign.pledge_min_minor),
        "pledge_max": _plain(campaign, campaign.pledge_max_minor),
        "cap": _plain(campaign, campaign.cap_minor),
        "sponsor_share": campaign.sponsor_share_max_bp // 100,
    }


def stretch_of(campaign: Campaign | None) -> list[dict[str, str]]:
    """The rows of its further goals."""
    goals = campaign.stretch_goals.all() if campaign else []
    return [{"amount": _plain(goal.campaign, goal.amount_minor), "use": goal.use} for goal in goals]


def _plain(campaign: Campaign, minor: int | None) -> str:
    return "" if minor is None else str(campaign.money(minor).major)

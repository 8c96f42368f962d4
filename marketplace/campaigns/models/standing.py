"""What of each pledge and month counts, as the views of sql/standing.sql say. Read only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.campaigns.models.campaign import Campaign
from marketplace.campaigns.models.pledge import Instalment, Pledge


class StandingView(models.Model):
    """The columns that every view of what counts has, in minor units; sql/standing.sql says what each means."""

    campaign = models.ForeignKey(Campaign, on_delete=models.DO_NOTHING, related_name="+")
    promised = models.BigIntegerField(_("promised"))
    estimated = models.BigIntegerField(_("estimated"))
    paid = models.BigIntegerField(_("paid"))
    returned = models.BigIntegerField(_("returned"))
    disputed = models.BigIntegerField(_("disputed"))
    firm = models.BigIntegerField(_("firm"))
    standing = models.BigIntegerField(_("counts for the goal"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.pk}: {self.standing}"


class PledgeStanding(StandingView):
    """What of a pledge counts."""

    pledge = models.OneToOneField(
        Pledge, on_delete=models.DO_NOTHING, primary_key=True, related_name="figures"
    )
    person = models.UUIDField(_("person"), null=True, db_column="person_id")

    class Meta:
        managed = False
        db_table = "campaigns_pledgestanding"


class InstalmentStanding(StandingView):
    """What of a month of a monthly pledge is there; months count for no goal."""

    instalment = models.OneToOneField(
        Instalment, on_delete=models.DO_NOTHING, primary_key=True, related_name="figures"
    )

    class Meta:
        managed = False
        db_table = "campaigns_instalmentstanding"

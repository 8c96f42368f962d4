"""Campaigns of projects, the pledges to them and the monthly instalments of pledges."""

from marketplace.campaigns.models.campaign import Campaign, CampaignTotal, StretchGoal
from marketplace.campaigns.models.pledge import Instalment, Pledge

__all__ = ["Campaign", "CampaignTotal", "Instalment", "Pledge", "StretchGoal"]

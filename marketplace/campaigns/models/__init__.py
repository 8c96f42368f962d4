"""Campaigns of projects, the pledges to them, their monthly instalments, and what of each counts."""

from marketplace.campaigns.models.campaign import Campaign, CampaignTotal, StretchGoal
from marketplace.campaigns.models.pledge import LOT, NAMED, Instalment, Pledge
from marketplace.campaigns.models.standing import InstalmentStanding, PledgeStanding, StandingView

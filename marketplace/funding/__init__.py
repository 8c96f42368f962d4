"""Campaigns, pledges, sponsorships, match funds, payouts."""

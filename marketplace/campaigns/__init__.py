"""Campaigns and their goal, pledges and monthly instalments, what counts, and how a campaign ends."""

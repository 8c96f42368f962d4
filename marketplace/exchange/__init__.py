"""Demand of a project for data: needs with a bounty, offers to them, deliveries that are checked."""

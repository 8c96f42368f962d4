"""Providers, the outbox to them, the inbox from them, refunds, transfers and reconciliation."""

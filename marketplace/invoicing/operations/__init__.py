"""Writes of invoicing."""

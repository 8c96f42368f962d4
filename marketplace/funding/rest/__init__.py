"""Funding as open data, and a person's own."""

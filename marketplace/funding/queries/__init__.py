"""Reads of funding, one module a noun."""

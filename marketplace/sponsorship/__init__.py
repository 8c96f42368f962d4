"""Packages of benefits that businesses buy, and the sponsorships and their invoices."""

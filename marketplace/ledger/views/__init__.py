"""The public pages of the ledger."""

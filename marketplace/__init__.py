"""The money and the deals: ledger, payments, funding and the data exchange."""

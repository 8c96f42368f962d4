"""The money and the deals: ledger, payments, invoices, campaigns, sponsors, match funds, payouts."""

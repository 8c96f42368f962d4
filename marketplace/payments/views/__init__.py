"""Pages of payments: where a payment stands, and where it is made."""

"""Pages of voting: the ballot, receipts, results."""

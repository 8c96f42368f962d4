"""Money to those who do the work: bank details, approvals, holds and disputes."""

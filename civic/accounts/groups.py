"""The council's groups, by the names under which they stand in the database."""

MODERATORS = "moderators"
PROGRAMME_MANAGERS = "programme-managers"
FINANCE_OFFICERS = "finance-officers"
DATA_STEWARDS = "data-stewards"
AUDITORS = "auditors"

ALL = [MODERATORS, PROGRAMME_MANAGERS, FINANCE_OFFICERS, DATA_STEWARDS, AUDITORS]

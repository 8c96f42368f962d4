"""Match funds, what is paid into them and returned, and what they give to campaigns."""

from marketplace.matching.models.allocations import (
    Allocation,
    AllocationStanding,
    Challenge,
    Exclusion,
    MatchLine,
)
from marketplace.matching.models.funds import WHOLE, Deposit, FundReturn, MatchFund

"""The council's desk: what its pages are made of, the event log, and queues of work."""

from civic.core.admin.lists import OperationAdmin, OwnFilter, ReadOnlyAdmin, StaffAdmin, WaitingFilter
from civic.core.admin.log import JobAdmin, Stage

__all__ = ["JobAdmin", "OperationAdmin", "OwnFilter", "ReadOnlyAdmin", "StaffAdmin", "Stage", "WaitingFilter"]

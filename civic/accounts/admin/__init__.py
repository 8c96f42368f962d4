"""The council's desk for people, organisations, residency and areas."""

from civic.accounts.admin import organisations, people, residency, staff_invitations

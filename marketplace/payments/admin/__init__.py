"""The finance officer's desk for payments: money to read, verbs as actions with reasons."""

from marketplace.payments.admin import bank, claims, disputes, jobs, money

"""Invoices hold addresses of the city and of organisations, nothing of a person."""

from civic.accounts.privacy import NonPersonal, non_personal

non_personal.register(
    NonPersonal("invoicing.Issuer", ("email",), "the city's own address"),
    NonPersonal("invoicing.Invoice", ("seller", "buyer"), "the city's and an organisation's addresses"),
)

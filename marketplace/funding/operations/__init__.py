"""The verbs of funding, one module a noun."""

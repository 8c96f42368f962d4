"""Who may do what with money, one module a noun."""

"""Programmes of the city: phases, eligibility, budget."""

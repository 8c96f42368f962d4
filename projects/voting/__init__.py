"""Ballots, polls, paper and import, rules that count them, and results that explain themselves."""

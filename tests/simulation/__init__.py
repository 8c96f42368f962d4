"""A simulated city: a seeded random walk over the public verbs of all slices, judged after each step.

In the way of FoundationDB and TigerBeetle: one process, one clock that only steps move, identifiers and chances from
the seed, providers that decline, delay, dispute and repeat, workers that are killed. A slice adds its verbs, moments
and invariants in one file of `slices/`. A walk that fails is shortened and printed as a list of steps.
"""

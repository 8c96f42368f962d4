"""Figures beside their floors. Benches are not tests: `make bench` prints, tests assert no times."""

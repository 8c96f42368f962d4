"""Datasets: reading what is uploaded without changing a value."""

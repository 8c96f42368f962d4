"""The embedded servers and the demo, started and killed for real."""

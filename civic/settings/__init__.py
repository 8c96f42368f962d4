"""Settings: `base` reads and validates the environment; dev, demo, test and production choose."""

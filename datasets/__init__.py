"""The dataset exchange: catalogue, access, consent, sensors and analytics."""

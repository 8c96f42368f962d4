"""The forms of the public list and of the wizard."""

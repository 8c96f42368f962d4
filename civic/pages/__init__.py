"""Wagtail: home, call, story and standard pages, blocks, site settings, search."""

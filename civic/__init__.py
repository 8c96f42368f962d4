"""The ground floor (core, accounts) and the roof (settings, urls, pages) of the exchange."""

from civic.celery import app as celery_app

__all__ = ["celery_app"]

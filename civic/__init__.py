"""The bottom layer (core, accounts, notifications) and the top one (settings, urls, pages) of the exchange."""

from civic.celery import app as celery_app

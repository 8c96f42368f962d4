"""Catalogues elsewhere: what they say, as records that are all alike, page by page."""

from datasets.catalogue.harvest.pages import read
from datasets.catalogue.harvest.records import File, Record, Unreadable

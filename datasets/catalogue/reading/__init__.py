"""Reads an uploaded file as a table without changing a value; what cannot be kept is rejected, asked or refused."""

from datasets.catalogue.reading.read import read
from datasets.catalogue.reading.table import Choices, Table

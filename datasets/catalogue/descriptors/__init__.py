"""Datasets as machines read of them: DCAT-AP 3.0.1, Table Schema, CSVW, schema.org."""

from datasets.catalogue.descriptors.dcat import catalogue_page, one_dataset
from datasets.catalogue.descriptors.schema_org import schema_org
from datasets.catalogue.descriptors.tables import csvw

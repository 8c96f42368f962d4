"""Datasets, files on their way in, what was published of them, and catalogues that are harvested."""

from datasets.catalogue.models.dataset import Dataset
from datasets.catalogue.models.original import Follow, Original
from datasets.catalogue.models.revision import Distribution, Revision
from datasets.catalogue.models.source import Harvest, HarvestRecord, HarvestStep, Series, Source
from datasets.catalogue.models.upload import RejectedRow, Upload, UploadStep

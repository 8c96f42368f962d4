"""Datasets, files on their way in, and what was published of them."""

from datasets.catalogue.models.dataset import Dataset
from datasets.catalogue.models.revision import Distribution, Revision
from datasets.catalogue.models.upload import RejectedRow, Upload, UploadStep

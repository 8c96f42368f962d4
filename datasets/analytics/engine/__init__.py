"""Queries of a closed language about one Parquet file: read, compiled to SQL by Ibis, and answered in a process."""

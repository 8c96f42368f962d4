"""The read actions of CKAN's API (https://docs.ckan.org/en/2.11/api/), for programs that know no other catalogue.

Everybody sees the same there: sessions and keys mean nothing, nothing is written, no cookie is set.
"""

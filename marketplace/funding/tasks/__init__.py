"""The clock's part of funding."""

"""The clock's part of campaigns."""

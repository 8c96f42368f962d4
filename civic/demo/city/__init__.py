"""Aldermere itself, made from the texts by the real operations, in the order in which it would have happened."""

"""Writes of this slice: the count of the numbers and the composition of pages."""

from civic.pages.operations.numbers import count_numbers
from civic.pages.operations.tree import (
    build_default_tree,
    prepare_editors,
    stories_of,
    write_call_text,
    write_help_index,
    write_home,
    write_look,
    write_page,
    write_story,
)

"""Python as a tree: each text is read once in a process, and each node walked once, however many tests ask."""

import ast
from functools import cache

parse = cache(ast.parse)
unparse = cache(ast.unparse)


@cache
def walk(node: ast.AST) -> tuple[ast.AST, ...]:
    """A node and all below it, in the order of `ast.walk`."""
    return tuple(ast.walk(node))

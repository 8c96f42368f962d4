"""Prints modules that import each other straight or around a corner, also inside functions; nothing where none do."""

from graphlib import CycleError, TopologicalSorter

import grimp

PACKAGES = ("civic", "projects", "marketplace", "datasets")

if __name__ == "__main__":
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    try:
        TopologicalSorter(
            {one: graph.find_modules_directly_imported_by(one) for one in graph.modules}
        ).prepare()
    except CycleError as circle:
        print(" imports ".join(reversed(circle.args[1])))

"""The stack of slices, from import-linter's contract in pyproject.toml: one definition for Python, keys and SQL."""

import tomllib
from pathlib import Path

from django.conf import settings

CONTRACTS = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
STACK = next(contract for contract in CONTRACTS if contract["id"] == "stack")
LAYERS = [[name.strip(" ()") for name in layer.split("|")] for layer in STACK["layers"]]
HEIGHT = {name: len(LAYERS) - depth for depth, names in enumerate(LAYERS) for name in names}


def points_up(source: str, target: str) -> bool:
    """Whether a relation goes to a higher slice, or to another one beside it; libraries lie below all."""
    return source in HEIGHT and target in HEIGHT and source != target and HEIGHT[target] >= HEIGHT[source]

"""In which way the decimals of a column are written. In several ways, 1.1 and 1.10 may be two codes and no number."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from datasets.catalogue.reading.columns import Kind


def one_way(kind: Kind, values: Iterable[str]) -> Kind | None:
    """The kind of numbers, held to the one way in which all these values are written; None where there is no such way.

    In each way no two texts are the same number, also those that come later.
    """
    sign = "," if kind.format == "comma" else r"\."
    head = kind.shape.removesuffix(rf"({sign}\d+)?")
    numbers = [value for value in values if kind.accepts(value)]
    lengths = {len(decimals) for value in numbers if (decimals := value.partition(sign[-1])[2])}
    for way in _ways(sign, lengths):
        shape = head + way
        held = replace(kind, shape=shape, fits=kind.fits.replace(f"'{kind.shape}'", f"'{shape}'"))
        if all(map(held.accepts, numbers)):
            return held
    return None


def _ways(sign: str, lengths: set[int]) -> Iterator[str]:
    """Shapes of the decimals."""
    yield rf"({sign}\d*[1-9])?"  # 1 and 1.5
    yield rf"{sign}(0|\d*[1-9])"  # 1.0 and 1.5
    if len(lengths) == 1:
        (length,) = lengths
        some = "|".join(rf"\d{{{place}}}[1-9]\d{{{length - 1 - place}}}" for place in range(length))
        yield rf"{sign}\d{{{length}}}"  # 1.00 and 1.50
        yield rf"({sign}({some}))?"  # 1 and 1.50, never 1.00

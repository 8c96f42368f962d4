"""Where an area is: its bounding box in degrees (WGS 84)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from civic.accounts.models import Area


@dataclass(frozen=True)
class Box:
    """In degrees; it does not cross the 180th meridian, where no boundary of ours goes."""

    west: float
    south: float
    east: float
    north: float

    @property
    def centre(self) -> str:
        """As a point of WKT."""
        return f"POINT({(self.west + self.east) / 2:.6f} {(self.south + self.north) / 2:.6f})"

    @property
    def polygon(self) -> str:
        """As a polygon of WKT, counter-clockwise."""
        west, south, east, north = self.west, self.south, self.east, self.north
        corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        return f"POLYGON(({', '.join(f'{x:.6f} {y:.6f}' for x, y in corners)}))"


def box_of(area: Area) -> Box | None:
    """Around its boundary, or around those of its districts where it has none of its own."""
    boundaries = [area.boundary] if area.boundary else [one.boundary for one in area.districts.all()]
    positions = [point for one in boundaries if one for point in _positions(one["coordinates"])]
    if not positions:
        return None
    longitudes, latitudes = zip(*positions, strict=True)
    return Box(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def _positions(nested: Any) -> Iterator[tuple[float, float]]:
    if isinstance(nested[0], int | float):
        yield nested[0], nested[1]
        return
    for part in nested:
        yield from _positions(part)

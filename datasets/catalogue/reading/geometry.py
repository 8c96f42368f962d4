"""Whether a geometry is one that can be drawn: RFC 7946, and degrees that exist."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


class Literal(str):
    """A number (or NaN) of a JSON document, as it is written there."""

    __slots__ = ()


DEEPEST = 8  # collections within collections
# How deep the positions lie.
DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


@dataclass
class Extent:
    """From the west to the east and from the south to the north, in degrees."""

    west: float = 180
    south: float = 90
    east: float = -180
    north: float = -90

    def add(self, longitude: float, latitude: float) -> None:
        """Grows it to a place."""
        self.west, self.east = min(self.west, longitude), max(self.east, longitude)
        self.south, self.north = min(self.south, latitude), max(self.north, latitude)

    @property
    def known(self) -> bool:
        """Whether there is any place."""
        return self.west <= self.east

    @property
    def could_be_swapped(self) -> bool:
        """Whether every longitude would do as a latitude."""
        return self.west >= -90 and self.east <= 90

    def __str__(self) -> str:
        return f"longitude {self.west:g} to {self.east:g}, latitude {self.south:g} to {self.north:g}"


class _Fault(Exception):
    """What is wrong with a geometry."""


def fault_of(geometry: Any, extent: Extent) -> str:
    """What is wrong with it, in words; empty where nothing is. None is a feature without a place, and no fault."""
    if geometry is None:
        return ""
    here = Extent()
    try:
        _check(geometry, here)
    except _Fault as fault:
        return str(fault)
    if here.known:
        extent.add(here.west, here.south)
        extent.add(here.east, here.north)
    return ""


def _check(geometry: Any, extent: Extent, within: int = 0) -> None:
    if not isinstance(geometry, dict) or within > DEEPEST:
        raise _Fault(_("its geometry is none of GeoJSON"))
    kind = geometry.get("type")
    if kind == "GeometryCollection" and isinstance(geometry.get("geometries"), list):
        for one in geometry["geometries"]:
            _check(one, extent, within + 1)
        return
    if not isinstance(kind, str) or kind not in DEPTH:
        raise _Fault(_("its geometry is none of GeoJSON"))
    coordinates: Any = geometry.get("coordinates")
    _walk(coordinates, DEPTH[kind], extent)
    lines = {"LineString": [coordinates], "MultiLineString": coordinates}.get(kind, [])
    if any(len(line) < 2 for line in lines):
        raise _Fault(_("a line has fewer than two places"))
    rings = {
        "Polygon": coordinates,
        "MultiPolygon": [ring for part in coordinates for ring in part] if kind == "MultiPolygon" else [],
    }
    for ring in rings.get(kind, []):
        if len(ring) < 4 or ring[0] != ring[-1]:
            raise _Fault(_("a ring is not closed: it has to end where it begins"))


def _walk(coordinates: Any, depth: int, extent: Extent) -> None:
    if not isinstance(coordinates, list):
        raise _Fault(_("its coordinates are not nested as its type asks"))
    if depth:
        for one in coordinates:
            _walk(one, depth - 1, extent)
        return
    if len(coordinates) < 2 or not all(type(one) is Literal for one in coordinates):
        raise _Fault(_("a place is not made of two or three numbers"))
    longitude, latitude = float(coordinates[0]), float(coordinates[1])
    # NaN is in no range.
    if not -180 <= longitude <= 180:
        raise _Fault(_("longitude %(value)s does not exist") % {"value": coordinates[0]})
    if not -90 <= latitude <= 90:
        raise _Fault(_("latitude %(value)s does not exist") % {"value": coordinates[1]})
    extent.add(longitude, latitude)

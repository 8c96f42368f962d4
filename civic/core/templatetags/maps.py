"""The city's own map, drawn from the boundaries of its areas, for readers without tiles or JavaScript."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import template
from django.conf import settings

register = template.Library()

WIDE = 600
Position = Sequence[float]


def _rings(boundary: Mapping[str, Any] | None) -> Iterator[Sequence[Position]]:
    """The rings of a GeoJSON Polygon or MultiPolygon (RFC 7946)."""
    if not boundary:
        return
    polygons = boundary["coordinates"] if boundary["type"] == "MultiPolygon" else [boundary["coordinates"]]
    for polygon in polygons:
        yield from polygon


class Frame:
    """Turns degrees into a picture that is 600 wide: equirectangular, true at the city's own latitude."""

    def __init__(self, positions: Iterable[Position]) -> None:
        known = [(float(position[0]), float(position[1])) for position in positions] or [(0.0, 0.0)]
        west, east = min(x for x, _ in known), max(x for x, _ in known)
        self.south, self.north = min(y for _, y in known), max(y for _, y in known)
        self.squeeze = math.cos(math.radians((self.south + self.north) / 2))
        self.west = west
        self.scale = (WIDE - 24) / max(1e-6, (east - west) * self.squeeze)
        self.height = round((self.north - self.south) * self.scale) + 24

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a position lies in the picture."""
        x = 12 + (float(longitude) - self.west) * self.squeeze * self.scale
        y = 12 + (self.north - float(latitude)) * self.scale
        return round(x, 1), round(y, 1)


@register.simple_tag
def drawn_map(areas: Iterable[Any] | None, places: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Outlines of `areas` (with name and boundary) and dots of `places` ({lat, lon, title…}) as SVG geometry."""
    shapes = [(area.name, list(_rings(area.boundary))) for area in areas or () if area.boundary]
    corners = [position for _, rings in shapes for ring in rings for position in ring]
    frame = Frame(corners or [(float(place["lon"]), float(place["lat"])) for place in places])
    return {
        "width": WIDE,
        "height": frame.height,
        "areas": [_outline(name, rings, frame) for name, rings in shapes],
        "dots": [{**place, "at": frame.place(place["lon"], place["lat"])} for place in places],
    }


def _outline(name: str, rings: Sequence[Sequence[Position]], frame: Frame) -> dict[str, Any]:
    drawn = [[frame.place(position[0], position[1]) for position in ring] for ring in rings]
    outer = max(drawn, key=len)
    return {
        "name": name,
        "path": "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "z" for ring in drawn),
        "x": round(sum(x for x, _ in outer) / len(outer), 1),
        "y": round(sum(y for _, y in outer) / len(outer), 1),
    }


@register.simple_tag
def map_data(areas: Iterable[Any] | None, places: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """What map.js needs: tiles, outlines as GeoJSON, and places."""
    return {
        "tiles": settings.MAP_TILE_URL,
        "attribution": settings.MAP_TILE_ATTRIBUTION,
        "areas": [
            {"type": "Feature", "properties": {"name": area.name}, "geometry": area.boundary}
            for area in areas or ()
            if area.boundary
        ],
        "places": [
            {
                **{key: str(value) for key, value in place.items()},
                "lat": float(place["lat"]),
                "lon": float(place["lon"]),
            }
            for place in places
        ],
    }

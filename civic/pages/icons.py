"""The site's sign in the city's accent colour: for tabs, home screens and bookmarks."""

from io import BytesIO

from PIL import Image, ImageDraw

SUN = "#ffcd3c"
FINE = 4  # drawn larger and scaled down, so that curves are smooth

# The four leaves of static/img/mark.svg on a ground of 40 × 40: box, rounded corners (from the top left, clockwise).
LEAVES = [
    ((3, 3, 19, 19), (False, True, False, True)),
    ((21, 3, 37, 19), (True, False, True, False)),
    ((3, 21, 19, 37), (True, False, True, False)),
    ((21, 21, 37, 37), (False, True, False, True)),
]


def svg(accent: str) -> str:
    """The sign as SVG."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">'
        f'<g fill="{accent}"><path d="M3 3h8.5A7.5 7.5 0 0 1 19 10.5V19h-8.5A7.5 7.5 0 0 1 3 11.5z"/>'
        '<path fill-opacity=".6" d="M3 37v-8.5A7.5 7.5 0 0 1 10.5 21H19v8.5a7.5 7.5 0 0 1-7.5 7.5z"/>'
        '<path d="M37 37h-8.5a7.5 7.5 0 0 1-7.5-7.5V21h8.5a7.5 7.5 0 0 1 7.5 7.5z"/></g>'
        f'<path fill="{SUN}" d="M37 3v8.5a7.5 7.5 0 0 1-7.5 7.5H21v-8.5A7.5 7.5 0 0 1 28.5 3z"/></svg>'
    )


def png(accent: str, size: int, *, ground: str | None = None) -> bytes:
    """The sign as PNG of `size` × `size` pixels; on a ground with a margin where an icon must be opaque."""
    whole = size * FINE
    picture = Image.new("RGBA", (whole, whole), ground or (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    margin = whole * 0.14 if ground else 0
    scale = (whole - 2 * margin) / 40
    for (box, corners), fill in zip(LEAVES, (accent, SUN, _mixed(accent), accent), strict=True):
        place = [margin + scale * edge for edge in box]
        pen.rounded_rectangle(place, radius=7.5 * scale, fill=fill, corners=corners)
    out = BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _mixed(accent: str) -> str:
    """Sixty per cent of the accent on white."""
    channels = [int(accent[place : place + 2], 16) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(0.6 * channel + 0.4 * 255):02x}" for channel in channels)

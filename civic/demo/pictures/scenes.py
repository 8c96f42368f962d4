"""The scenes of `content/scenes.yaml`: each a list of things from back to front, with their arguments."""

from civic.demo import source
from civic.demo.pictures import things
from civic.demo.pictures.canvas import Canvas

SCENES = source.read("scenes")["scenes"]


def paint(name: str) -> bytes:
    """The scene of this name as a JPEG of 1280 × 720."""
    canvas = Canvas(name)
    for what, *arguments in SCENES[name]["drawn"]:
        draw = getattr(things, what, None) or getattr(Canvas, what)
        draw(canvas, *arguments)
    return canvas.jpeg()


def caption(name: str) -> str:
    """What the scene shows, in one sentence for people who cannot see it."""
    return str(SCENES[name]["caption"])

"""Rooms that a project shows as evidence of what was done."""

from civic.demo.pictures import things
from civic.demo.pictures.canvas import Canvas


def gym(canvas: Canvas) -> None:
    """The school gym on a Friday night: two teams under the lamps, and a ball in the air."""
    canvas.fade("#35506b", "#4d6c86", 0, 430)
    for x in range(60, 1280, 230):
        canvas.box(x, 60, 150, 110, "#16263a")
        canvas.glow(x + 75, 20, 150, "#fff3cf", 120)
    canvas.fade("#c98f54", "#a86f3b", 430)
    canvas.line([(0, 432), (1280, 432)], "#8a5a2f", 5)
    canvas.disc(640, 590, 210, "#e8d8b8", 0.34)
    canvas.disc(640, 590, 203, "#b97f48", 0.34)
    canvas.line([(640, 432), (640, 720)], "#e8d8b8", 6)
    for x, side in ((120, 1), (1160, -1)):
        canvas.line([(x - 70 * side, 430), (x - 70 * side, 250)], "#22303c", 14)
        canvas.box(x - 75, 190, 150, 96, "#f4f1e8")
        canvas.line([(x - 36, 292), (x + 36, 292)], "#d2552c", 9)
    things.people(canvas, 640, 10, 132)
    canvas.disc(742, 310, 24, "#e07b2e")


def soup(canvas: Canvas) -> None:
    """Bowls of soup on a long table at eleven, and who is still hungry."""
    canvas.fade("#3d4a3a", "#5b6a4f", 0, 360)
    things.people(canvas, 392, 9, 150)
    canvas.fade("#b98a5a", "#8f6338", 380)
    for row, (base, size) in enumerate(((450, 52), (560, 70), (690, 92))):
        for column in range(7):
            x = 40 + column * 205 + row * 55
            canvas.disc(x, base, size, "#f3ead9", 0.42)
            canvas.disc(x, base - size * 0.08, size * 0.8, canvas.random.choice(["#d9822b", "#c4622d"]), 0.36)
            canvas.disc(x - size * 0.2, base - size * 0.12, size * 0.1, "#7fa04a", 0.6)
    canvas.glow(640, 40, 320, "#ffe2a3", 130)

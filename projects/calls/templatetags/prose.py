"""Plain text that people write, as paragraphs and lists; everything in it is escaped."""

from django import template
from django.utils.html import format_html, format_html_join, urlize
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

BULLETS = ("- ", "* ", "• ")


@register.filter
def prose(text: str) -> SafeString:
    """Blocks between empty lines become paragraphs, blocks of “- ” lines become lists, addresses become links."""
    blocks = text.replace("\r\n", "\n").strip().split("\n\n")
    return format_html_join("\n", "{}", ((_block(block),) for block in blocks if block.strip()))


def _block(block: str) -> SafeString:
    lines = [line.strip() for line in block.strip().split("\n")]
    if all(line.startswith(BULLETS) for line in lines):
        return format_html(
            "<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((_linked(line[2:]),) for line in lines))
        )
    return format_html(
        "<p>{}</p>", format_html_join(mark_safe("<br>"), "{}", ((_linked(line),) for line in lines))
    )


def _linked(line: str) -> SafeString:
    # urlize escapes what it does not link; its answer is safe by its own promise.
    return mark_safe(urlize(line, nofollow=True, autoescape=True))  # noqa: S308


@register.filter
def points(text: str) -> list[str]:
    """The lines of a text that has one point a line."""
    return [line.strip().removeprefix("- ") for line in text.splitlines() if line.strip()]

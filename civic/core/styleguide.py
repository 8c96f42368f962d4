"""`/styleguide/`: every component alive, with its documentation, in light and in dark."""

import re
from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from civic.core import icons
from civic.core.access import PUBLIC, access
from civic.core.styleguide_forms import Sample, StyleForm
from civic.core.styleguide_samples import SAMPLES

THEMES = ("light", "dark")
COMPONENTS = settings.BASE_DIR / "templates" / "components"
DOCUMENTATION = re.compile(r"{%\s*comment\s*%}\s*(.*?)\s*{%\s*endcomment\s*%}", re.DOTALL)


class Entry(NamedTuple):
    """One component on the page."""

    name: str
    documentation: str
    drawn: list[tuple[str, SafeString]]  # theme and what it looks like


@access(PUBLIC)
def styleguide(request: HttpRequest) -> HttpResponse:
    """All components, from the files in templates/components."""
    entries = [entry(request, name, samples) for name, samples in SAMPLES.items()]
    return render(
        request,
        "styleguide/index.html",
        {"entries": entries, "grounds": GROUNDS, "icons": sorted(icons.names())},
    )


def entry(request: HttpRequest, name: str, samples: Callable[[str], list[Sample]]) -> Entry:
    """A component's documentation and its samples in both themes."""
    return Entry(
        name, documentation(name), [(theme, _draw(request, name, samples(theme), theme)) for theme in THEMES]
    )


def documentation(name: str) -> str:
    """The comment at the top of a component's file."""
    found = DOCUMENTATION.search((COMPONENTS / f"{name}.html").read_text(encoding="utf-8"))
    return found[1] if found else ""


def _draw(request: HttpRequest, name: str, samples: list[Sample], theme: str) -> SafeString:
    drawn = [_one(request, name, sample, theme) for sample in samples]
    return SafeString("\n".join(f'<div class="sample">{html}</div>' for html in drawn))


def _one(request: HttpRequest, name: str, sample: Sample, theme: str) -> str:
    if name == "field":
        form = StyleForm(
            sample.get("data"), auto_id=f"{theme}-{sample['id']}-%s", prefix=f"{theme}{sample['id']}"
        )
        template = engines["django"].from_string(
            "{% for field in form %}{{ field.as_field_group }}{% endfor %}"
        )
        return template.render({"form": form}, request)
    return render_to_string(f"components/{name}.html", sample, request)


GROUNDS = (
    ("--ground", "Ground"),
    ("--sunken", "Sunken"),
    ("--accent-soft", "Accent, soft"),
    ("--accent-fill", "Accent, fill"),
    ("--accent-deep", "Accent, deep"),
    ("--sun", "Sun"),
    ("--positive", "Positive"),
    ("--warning", "Warning"),
    ("--danger", "Danger"),
    ("--info", "Info"),
)

"""`/styleguide/`: every component alive, with its documentation, in light and in dark."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString

from civic.core import clock, icons, styleguide_forms
from civic.core.access import PUBLIC, access
from civic.core.money import Money

THEMES = ("light", "dark")
COMPONENTS = settings.BASE_DIR / "templates" / "components"
DOCUMENTATION = re.compile(r"{%\s*comment\s*%}\s*(.*?)\s*{%\s*endcomment\s*%}", re.DOTALL)
FIELDS = "{% for field in form %}{{ field.as_field_group }}{% endfor %}"
GROUNDS = (
    *("ground", "sunken", "accent-soft", "accent-fill", "accent-deep"),
    *("sun", "positive", "warning", "danger", "info"),
)
# What the tags of styleguide.yaml stand for.
TAGS: dict[str, Callable[[Any], Any]] = {
    "!euros": lambda amount: Money(100 * int(amount), "EUR"),
    "!days": lambda days: clock.now() + timedelta(days=float(days)),
    "!static": static,
    "!area": lambda columns: SimpleNamespace(**columns),
    "!form": lambda arguments: styleguide_forms.form(*arguments),
    "!field": lambda arguments: styleguide_forms.form(*arguments[:2])[arguments[2]],
}


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML with the tags above; the C reader is ten times as fast and is in every binary wheel of PyYAML."""


def _construct(loader: Loader, tag: str, node: Any) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return TAGS[f"!{tag}"](node.value)
    # Deep: what a tag is called with must be complete, while PyYAML fills lists and mappings later.
    if isinstance(node, yaml.SequenceNode):
        return TAGS[f"!{tag}"](loader.construct_sequence(node, deep=True))
    return TAGS[f"!{tag}"](loader.construct_mapping(node, deep=True))


Loader.add_multi_constructor("!", _construct)


def samples(theme: str) -> dict[str, list[dict[str, Any]]]:
    """What is shown in each component, in the order of the page."""
    text = Path(__file__).with_name("styleguide.yaml").read_text(encoding="utf-8")
    found: dict[str, list[dict[str, Any]]] = yaml.load(text.replace("{theme}", theme), Loader)  # noqa: S506
    return found


@access(PUBLIC)
def styleguide(request: HttpRequest) -> HttpResponse:
    """All components, from the files in templates/components."""
    drawn: dict[str, list[tuple[str, SafeString]]] = {}
    for theme in THEMES:
        for name, shown in samples(theme).items():
            boxes = [f'<div class="sample">{_draw(request, name, sample)}</div>' for sample in shown]
            drawn.setdefault(name, []).append((theme, SafeString("\n".join(boxes))))
    entries = [
        {"name": name, "documentation": documentation(name), "drawn": themes}
        for name, themes in drawn.items()
    ]
    context = {"entries": entries, "grounds": GROUNDS, "icons": sorted(icons.names())}
    return render(request, "styleguide/index.html", context)


def documentation(name: str) -> str:
    """The comment at the top of a component's file."""
    found = DOCUMENTATION.search((COMPONENTS / f"{name}.html").read_text(encoding="utf-8"))
    return found[1] if found else ""


def _draw(request: HttpRequest, name: str, sample: dict[str, Any]) -> str:
    if name == "field":  # a field is drawn by its form, as on every page
        return engines["django"].from_string(FIELDS).render(sample, request)
    return render_to_string(f"components/{name}.html", sample, request)

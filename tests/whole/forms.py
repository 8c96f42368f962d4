"""Reads the forms of a page and fills them with whatever a test wants to send."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TEXT = {"text", "search", "email", "url", "tel", "number", "date", "datetime-local", "password", "hidden"}


@dataclass
class Form:
    """One form: where it is sent, how, what stands in it, which fields one types into, and of what kind they are."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)
    kinds: dict[str, str] = field(default_factory=dict)

    def filled(self, text: str) -> dict[str, str]:
        """The form with the same text in everything that is typed."""
        return self.values | dict.fromkeys(self.typed, text)

    def overwritten(self, text: str) -> dict[str, str]:
        """The form with the same text in every field, hidden and chosen ones included."""
        return dict.fromkeys(self.values.keys() | self.typed, text)


class FormReader(HTMLParser):
    """Collects the forms of a page with the values a browser would send."""

    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = found.get("action") or self.path
            self.forms.append(Form(action, found.get("method", "get").lower()))
        elif self.forms and found.get("name") and tag in ("input", "textarea", "select", "button"):
            self._control(self.forms[-1], tag, found)

    def _control(self, form: Form, tag: str, found: dict[str, str]) -> None:
        kind = found.get("type", "text") if tag == "input" else tag
        if kind in TEXT | {"textarea"} and kind != "hidden":
            form.typed.add(found["name"])
            form.kinds[found["name"]] = kind
        if kind not in ("checkbox", "radio") or "checked" in found:
            form.values.setdefault(found["name"], found.get("value", ""))


def forms_of(html: str, path: str) -> list[Form]:
    """All forms of a page, those of the frame included."""
    reader = FormReader(path)
    reader.feed(html)
    return reader.forms

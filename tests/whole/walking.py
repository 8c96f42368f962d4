"""Reads a page the way a crawler does: its links, its forms, its words."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit


@dataclass
class PageReader(HTMLParser):
    """The links, images and stylesheets of a page, its title, its headings and its words."""

    base: str = "/"
    links: list[str] = field(default_factory=list)
    assets: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    title: str = ""
    words: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    _within: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.add(found["id"])
        if "style" in found or any(name.startswith("on") for name in found):
            self.inline.append(f"<{tag} {found}>")
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag == "link" and found.get("rel") in ("stylesheet", "icon", "manifest") and "href" in found:
            self.assets.append(found["href"])
        if tag in ("img", "script", "use") and (found.get("src") or found.get("href")):
            self.assets.append(found.get("src") or found["href"])
        if tag not in ("img", "input", "meta", "link", "br", "hr", "use", "path", "source"):
            self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._within:
            while self._within and self._within.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "title" in self._within and "svg" not in self._within:
            self.title += data
        elif not {"script", "style"} & set(self._within):
            self.words.extend(data.split())


def read(html: str, base: str) -> PageReader:
    """The page as read; `base` is its own address."""
    reader = PageReader(base=base)
    reader.feed(html)
    return reader


def local(href: str, base: str) -> str | None:
    """The path and query of a link within the site; None for the outside world."""
    whole = urldefrag(urljoin(base, href)).url
    parts = urlsplit(whole)
    if parts.scheme not in ("", "http", "https") or parts.netloc not in ("", "testserver"):
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")

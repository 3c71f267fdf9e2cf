"""HTML of strangers: made safe for a sandboxed frame, and turned into text. Pure."""

import re
from html.parser import HTMLParser

import nh3

LONGEST = 1_000_000
DEEPEST = 1_500  # the cleaner's time grows with the square of the depth
_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "center", "cite", "code", "dd", "del", "div", "dl", "dt", "em",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "li", "ol", "p", "pre", "q", "s", "small", "span", "strike",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags={
        "script",
        "style",
        "title",
        "template",
        "noscript",
        "iframe",
        "object",
        "select",
        "svg",
        "math",
    },
    attributes={"a": {"href", "title"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
    url_schemes={"http", "https", "mailto", "tel"},
    url_relative="deny",
    link_rel="noopener noreferrer",
    set_tag_attribute_values={"a": {"target": "_blank"}},
)
_VOID = "area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr"
_TAG = re.compile(rf"<(/?)(?!(?:{_VOID})\b)[a-zA-Z]")
_PARAGRAPHS = frozenset({"p", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"})
_BREAKS = _PARAGRAPHS | {"div", "li", "tr", "hr", "dt", "dd"}
_SPACE = re.compile(r"\s+")
_ANY_TAG = re.compile(r"<[^<>]{0,2000}>")


def is_reasonable(html: str) -> bool:
    """Whether the cleaner can be trusted to end soon."""
    if len(html) > LONGEST:
        return False
    depth = deepest = 0
    for closing in _TAG.findall(html):
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest <= DEEPEST


def safe(html: str) -> str:
    """No scripts, styles, forms, images or frames; links open elsewhere and tell nothing. "" when unreasonable."""
    return _CLEANER.clean(html).strip() if is_reasonable(html) else ""


def text(html: str) -> str:
    """The words, in lines, with the address after a link whose words do not show it."""
    if not is_reasonable(html):
        return _squeezed(_ANY_TAG.sub(" ", html[:LONGEST]))
    reader = _Reader()
    reader.feed(safe(html))
    reader.close()
    return _squeezed("".join(reader.out))


class _Reader(HTMLParser):
    """Reads the cleaner's well-formed output only."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._links: list[tuple[str, int]] = []
        self._gap = 0  # line ends owed before the next words

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._gap += 1
        self._break(tag)
        if tag == "li":
            self._put("- ")
        if tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.out)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            address, start = self._links.pop()
            shown = "".join(self.out[start:]).strip()
            bare = address.removeprefix("mailto:").removeprefix("tel:")
            if bare and bare.rstrip("/") not in shown:
                self.out.append(f" ({bare})")
        if tag in {"td", "th"}:
            self.out.append(" ")
        self._break(tag)

    def handle_data(self, data: str) -> None:
        words = _SPACE.sub(" ", data)
        if words.strip() or not self._gap:
            self._put(words)

    def _put(self, words: str) -> None:
        self.out.append("\n" * self._gap + words)
        self._gap = 0

    def _break(self, tag: str) -> None:
        if tag in _BREAKS:
            self._gap = max(self._gap, 2 if tag in _PARAGRAPHS else 1)


def _squeezed(words: str) -> str:
    lines = [" ".join(line.split()) for line in words.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

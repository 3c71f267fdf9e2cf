"""From a card's Markdown to safe HTML and plain text; on public pages what is not filled in becomes "Spørg os."."""

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from indgang.core.catalogue import card_content as card
from indgang.core.catalogue import card_text
from indgang.core.catalogue.card_files import read
from indgang.core.catalogue.card_values import CardSection

ASK_US = "Spørg os."
FILLED_BY = "Udfyldes af kommunen: "
CARD_PAGES = {True: "/opgaver/", False: "/portal/opgaver/"}  # public, staff
_CLEANER = nh3.Cleaner(
    tags={"p", "ol", "ul", "li", "strong", "em", "a", "mark"},
    attributes={"a": {"href"}, "mark": {"class"}, "ol": {"start"}},
    url_schemes={"https"},
    link_rel="noopener noreferrer",
)
_EMPHASIS = re.compile(r"\*\*?([^*]+)\*\*?")
_REMEMBERED = 600  # sections and cards; a version's text never changes


@lru_cache(maxsize=_REMEMBERED)
def content_of(text: str) -> card.CardContent:
    """The card of a kept version. What a stricter rule would refuse today is shown all the same."""
    return read(text)


@lru_cache(maxsize=_REMEMBERED)
def sections_of(text: str, public: bool) -> tuple[CardSection, ...]:
    """A card's sections as shown to staff, or to everybody."""
    found = []
    for section in content_of(text).sections:
        rule = card.BY_ANCHOR[section.anchor]
        if rule.public or not public:
            shown = for_public(section.text) if public else section.text
            found.append(
                CardSection(
                    anchor=section.anchor, title=rule.title, html=render(shown, public), text=plain(shown),
                    public=rule.public, blanks=len(card_text.blanks(section.text)),
                )
            )  # fmt: skip
    return tuple(found)


@lru_cache(maxsize=_REMEMBERED)
def guide_of(text: str, public: bool) -> tuple[card.GuideQuestion, ...]:
    """A card's guided questions as shown."""
    return tuple(
        replace(
            question,
            help=line(question.help, public),
            answers=tuple(replace(answer, why=line(answer.why, public)) for answer in question.answers),
        )
        for question in content_of(text).guide
    )


def render(text: str, public: bool) -> str:
    """Safe HTML; links to other cards lead to the page of the same kind."""
    return _CLEANER.clean(_MARKDOWN.render(text, {"page": CARD_PAGES[public]})).strip()


def for_public(text: str) -> str:
    """The Markdown with one "Spørg os." in the place of the sentences and points with a blank."""
    if not card_text.blanks(text):
        return text
    parts: list[tuple[str, str]] = []
    asked = False
    for mark, block in card_text.blocks(text):
        kept = []
        for sentence in card_text.split(block):
            if not card_text.blanks(sentence):
                kept.append(sentence)
            elif not asked:
                kept.append(ASK_US)
                asked = True
        if kept:
            parts.append((mark, " ".join(kept)))
    return _joined(parts)


def plain(text: str) -> str:
    """The section without Markdown; blanks in words."""
    text = card.BLANK.sub(lambda found: FILLED_BY + found.group(1).strip(), text)
    text = card_text.LINK.sub(lambda found: found.group(2), text)
    return _EMPHASIS.sub(r"\1", text)


def line(text: str, public: bool) -> str:
    """A short text of the front matter as shown: no markup, blanks in words or, in public, "Spørg os."."""
    return plain(for_public(text) if public else text)


def inline(text: str) -> str:
    """A sentence as escaped HTML with its blanks marked, for differences."""
    escaped = html.escape(text, quote=False)
    return card.BLANK.sub(lambda found: _mark(found.group(1)), escaped)


def _joined(parts: list[tuple[str, str]]) -> str:
    """The parts as Markdown again, steps numbered anew."""
    text, step, before = "", 0, ""
    for mark, block in parts:
        step = step + 1 if mark[:1].isdigit() else 0
        space = "" if not text else "\n" if mark and before else "\n\n"
        text += space + (f"{step}. " if step else mark) + block
        before = mark
    return text


def _mark(words: str) -> str:
    return f'<mark class="udfyldes">{FILLED_BY}{words.strip()}</mark>'


def _blank(state: StateInline, silent: bool) -> bool:
    """{{udfyld: …}} as one token."""
    found = card.BLANK.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        token = state.push("blank", "", 0)
        token.content = found.group(1)
    state.pos = found.end()
    return True


def _render_blank(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return _mark(html.escape(tokens[index].content, quote=False))


def _render_link(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    target = str(tokens[index].attrGet("href") or "")
    if card.TASK.match(target):
        tokens[index].attrSet("href", env["page"] + target)
    return self.renderToken(tokens, index, options, env)


def _markdown() -> MarkdownIt:
    reader = MarkdownIt("zero", {"html": False}).enable(["list", "emphasis", "balance_pairs", "link", "escape"])
    reader.inline.ruler.before("link", "blank", _blank)
    reader.add_render_rule("blank", _render_blank)
    reader.add_render_rule("link_open", _render_link)
    return reader


_MARKDOWN = _markdown()

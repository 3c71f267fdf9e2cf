"""Django's `{% url %}` and `{% static %}`, with their most common uses made cheap.

A desk's page names some thirty addresses and fifteen files, and Django looks each up anew at every drawing. Where a
page stands does not change while a process runs, so the shape of an address is learned from Django once, by stand-ins
for its parts, and parts of which Django itself would write down exactly the same characters are put into that shape.
Everything else is Django's own. The settings make `{% url %}` this one, and `{% load static %}` find this library.
"""

import re
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template import Context, Library, defaulttags
from django.template.base import Parser, Token
from django.templatetags import static as djangos
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = Library()
register.tags.update(djangos.register.tags)
register.filters.update(djangos.register.filters)

# What the address of a page may hold unquoted and unescaped, whatever its pattern is.
_PLAIN = re.compile(r"[A-Za-z0-9_-]+")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TEXTS = (str, SafeString)
Shape = tuple[str, ...]
_shapes: dict[tuple[str | None, str, str, str], Shape | None] = {}


class Address(defaulttags.URLNode):
    """The address of a page named in the template, with parts in their order."""

    def __init__(self, written: defaulttags.URLNode, name: str) -> None:
        super().__init__(written.view_name, written.args, written.kwargs, written.asvar)
        self._name = name

    def render(self, context: Context) -> str:
        """The address, escaped. NoReverseMatch as Django's."""
        kinds, parts = "", []
        for one in self.args:
            part = one.resolve(context)
            kind = _kind(part)
            if not kind:
                return super().render(context)
            kinds += kind
            parts.append(str(part))
        known = (get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), self._name, kinds)
        try:
            shape = _shapes[known]
        except KeyError:
            shape = _shapes[known] = _learned(self._name, kinds)
        if shape is None or not context.autoescape:
            return super().render(context)
        if not parts:
            return mark_safe(shape[0])  # noqa: S308
        woven = [text for pair in zip(shape, [*parts, ""], strict=True) for text in pair]
        return mark_safe("".join(woven))  # noqa: S308


def _kind(part: Any) -> str:
    """ "u" for a UUID, also as text, "t" for plain text, "n" for a number; "" for what is left to Django."""
    if type(part) is UUID:
        return "u"
    if type(part) in _TEXTS:
        return "u" if _UUID.fullmatch(part) else "t" if _PLAIN.fullmatch(part) else ""
    return "n" if type(part) is int and part >= 0 else ""


def _learned(name: str, kinds: str) -> Shape | None:
    """What stands around the parts of this address; None where stand-ins for them are refused or not found again."""
    parts = [_stand_in(kind, place) for place, kind in enumerate(kinds)]
    try:
        rest: str = conditional_escape(reverse(name, args=parts))
    except NoReverseMatch:
        return None
    around = []
    for part in parts:
        before, found, rest = rest.partition(str(part))
        if not found:
            return None
        around.append(before)
    return (*around, rest)


def _stand_in(kind: str, place: int) -> Any:
    number = 86_420_970 + place
    return {"u": UUID(int=number << 80), "t": f"Stand-in_{number}", "n": number}[kind]


class File(djangos.StaticNode):
    """The address of a file that is named in the template; it is the same as long as the process runs."""

    _known = ""

    def render(self, context: Context) -> str:
        """The address, escaped."""
        if self.varname is not None or not context.autoescape or settings.DEBUG:
            return super().render(context)
        if not self._known:
            self._known = str(super().render(context))
        return self._known


@register.tag("url")
def url(parser: Parser, token: Token) -> defaulttags.URLNode:
    """As Django's; with named parts, or a name to keep it under, it is Django's own."""
    node = defaulttags.url(parser, token)
    name = _literal(node.view_name)
    return Address(node, name) if name and not node.kwargs and node.asvar is None else node


@register.tag("static")
def static(parser: Parser, token: Token) -> djangos.StaticNode:
    """As Django's; where the file is given by a variable it is Django's own."""
    node = djangos.StaticNode.handle_token(parser, token)
    return File(node.varname, node.path) if _literal(node.path) else node


def _literal(expression: Any) -> str:
    """The words of an expression that is nothing but words."""
    return "" if expression.is_var or expression.filters else str(expression.var)

"""Django's tags of translation, with the most common use of them made cheap: `{% translate "Some words" %}`.

A desk's page holds a hundred of those, and Django makes a lazy text of each at every drawing. Words that are written in
the template have one translation in each language, so they are translated once. `{% load i18n %}` finds this library.
"""

from typing import Any

from django.template import Context, Library, Node
from django.template.base import Parser, Token
from django.templatetags import i18n
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Words(Node):
    """Words of the template itself, as safe as the template."""

    def __init__(self, words: str) -> None:
        self._words = words.replace("%", "%%")
        self._known: dict[str, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """The words in the reader's language."""
        language = get_language() or ""
        found = self._known.get(language)
        if found is None:
            found = self._known[language] = mark_safe(gettext(self._words).replace("%%", "%"))  # noqa: S308
        return found


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """As Django's; with a variable, a filter, a context or a name to keep it under it is Django's own."""
    node: Any = i18n.do_translate(parser, token)
    expression = node.filter_expression
    words = getattr(expression.var, "literal", None)
    if not isinstance(words, str) or expression.filters or node.noop or node.asvar or node.message_context:
        return node  # type: ignore[no-any-return]
    return Words(words)

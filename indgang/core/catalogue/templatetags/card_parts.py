"""What the parts of a guidance card ask for while they are drawn."""

import re
from collections.abc import Iterable
from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from indgang.core.catalogue.card_values import CardSection, GuideState

register = template.Library()
_STEP = re.compile(r"<li>(.*?)</li>", re.S)
_PARAGRAPH = re.compile(r"</?p>")


@register.filter
def section(sections: Iterable[CardSection], anchor: str) -> CardSection | None:
    """The section with that anchor; None where the card has none."""
    return next((one for one in sections if one.anchor == anchor), None)


@register.filter
def card_steps(html: str) -> list[SafeString]:
    """The points of a list, each as the safe HTML it was made of."""
    return [mark_safe(_PARAGRAPH.sub("", step).strip()) for step in _STEP.findall(html)]  # noqa: S308 - cleaned by render


@register.filter
def answers_before(state: GuideState, number: int) -> str:
    """The answers given before that step, as an address carries them: "0-1"."""
    return "-".join(str(step.number) for step in state.path[:number])


@register.simple_tag
def answers_with(state: GuideState, number: int) -> str:
    """All answers given and one more."""
    return "-".join(str(given) for given in (*(step.number for step in state.path), number))


@register.filter
def depends(value: str) -> str:
    """An attribute of a benefit in words."""
    words = {
        "yes": gettext("ja"),
        "no": gettext("nej"),
        "partly": gettext("delvis"),
        "unknown": gettext("ikke oplyst"),
        "not_a_benefit": gettext("ikke en ydelse"),
    }
    return words.get(value, value)


@register.filter
def amount(value: Decimal) -> str:
    """1234.50 -> 1.234,50 (in English 1,234.50); whole amounts without decimals."""
    return number_format(value, 0 if value == value.to_integral_value() else 2, force_grouping=True)


@register.filter
def way_in(channel: str) -> str:
    """A channel in words."""
    words = {"net": gettext("på nettet"), "phone": gettext("i telefonen"), "counter": gettext("ved skranken")}
    return words.get(channel, channel)


@register.filter
def level_words(level: int) -> str:
    """A level of authority in words."""
    words = {
        1: gettext("Informerer og vejleder"),
        2: gettext("Afgør eller ekspederer efter reglerne"),
        3: gettext("Afgør efter fagligt skøn"),
    }
    return words.get(level, str(level))

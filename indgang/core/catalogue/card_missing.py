"""What a card still lacks, in words."""

from django.utils.translation import gettext, ngettext

from indgang.core.catalogue import card_text
from indgang.core.catalogue.card_content import CardContent
from indgang.core.catalogue.card_rules import fewest_words
from indgang.core.catalogue.models import Card


def incomplete(content: CardContent, card: Card, frequent: bool = False) -> tuple[str, ...]:
    """Why the card is not finished; empty when it is."""
    found = []
    if not content.reviewed:
        found.append(gettext("Ikke fagligt gennemgået"))
    texts = " ".join(section.text for section in content.sections)
    empty = card_text.blanks(f"{texts} {content.best_channel_why} {content.self_service_why_not}")
    if empty:
        words = ngettext("{count} felt mangler: {which}", "{count} felter mangler: {which}", len(empty))
        found.append(words.format(count=len(empty), which="; ".join(empty)))
    if "unknown" in (content.taxable, content.income_dependent, content.wealth_dependent):
        found.append(gettext("Ingen har svaret på, om ydelsen er skattepligtig eller afhænger af indkomst og formue"))
    if not content.laws:
        found.append(gettext("Ingen henvisning til loven"))
    if card.words < fewest_words(frequent):
        found.append(
            gettext("Færre ord og vendinger end de {least}, et kort skal have").format(least=fewest_words(frequent))
        )
    return tuple(found)

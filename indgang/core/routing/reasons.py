"""Why an item went to whom, in words, from the stored explanations."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, ngettext

from indgang.core.organisation import selectors as organisation
from indgang.core.routing.models import Offer
from indgang.core.routing.rights import led_items
from indgang.core.routing.values import OfferResult, Refusal, WhyRow
from indgang.core.routing.visible import visible
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer

MOST = 50
_SECONDS_OF_MINUTES = 120


def why(viewer: Viewer, item_id: UUID, at: datetime) -> list[WhyRow]:
    """Every offer of an item, newest first: to whom, why to that one, and what became of it. Raises NotFound for who
    neither may act on the item nor leads anybody it was with."""
    if not (led_items(viewer).filter(id=item_id).exists() or visible(viewer, at).filter(id=item_id).exists()):
        raise NotFound
    offers = list(Offer.objects.filter(item=item_id).order_by("-at", "-id")[:MOST])
    people = {offer.agent_id for offer in offers}
    people |= {agent["id"] for offer in offers for agent in offer.explanation.get("agents", [])}
    names = organisation.names(people)
    return [_row(offer, names) for offer in offers]


def hindered(reason: str) -> str:
    """Why somebody cannot be asked, as said of an item nobody can take."""
    return {
        "competence": gettext("Ingen har kompetencen."),
        "level": gettext("Ingen med kompetencen må behandle det på det niveau."),
        "language": gettext("Ingen med kompetencen taler sproget."),
        "owner": gettext("Loven lader kun den forvaltning, der ejer opgaven, afgøre den, og ingen dér kan tage den."),
        "unit": gettext("Ingen i enheden har kompetencen."),
        "named": gettext("Den medarbejder, den er givet til, er her ikke mere."),
        "excluded": gettext("Den eneste, der kan, har givet den videre."),
        "relief": gettext("Kun enheder, der ikke aflaster med den slags, har kompetencen."),
        "point": gettext("Ingen betjener den slags lige nu."),
    }.get(reason, gettext("Ingen kan tage den."))


def _row(offer: Offer, names: Mapping[int, str]) -> WhyRow:
    facts = offer.explanation
    nobody: dict[str, Any] = {}
    chosen = next((a for a in facts.get("agents", []) if a["id"] == offer.agent_id), nobody)
    sentences = [_step(facts, chosen), *_against_others(facts, chosen, names), _out(facts), _passed(facts)]
    return WhyRow(
        at=offer.at,
        agent=offer.agent_id,
        agent_name=names.get(offer.agent_id, ""),
        result=offer.result,
        result_name=gettext(OfferResult(offer.result).label) if offer.result else gettext("Venter på svar"),
        reason=gettext(Refusal(offer.reason).label) if offer.reason in Refusal.values else offer.reason,
        sentences=tuple(s for s in sentences if s),
    )


def _step(facts: Mapping[str, Any], chosen: Mapping[str, Any]) -> str:
    says: dict[str, Callable[[], str]] = {
        "preferred": lambda: gettext("Kender samtalen eller borgeren og blev spurgt først."),
        "named": lambda: gettext("En kollega gav den til medarbejderen ved navn."),
        "substitute": lambda: gettext("Er stedfortræder for den, den var givet til, og som ikke er her."),
        "taken_over": lambda: gettext("Overtog den for den kollega, medarbejderen er stedfortræder for."),
        "asked": lambda: gettext("Tog selv den næste; det var den, der hastede mest."),
        "best": lambda: gettext("Havde den højeste kompetence ({n}) af dem, der var på arbejde.").format(
            n=chosen.get("proficiency", 0)
        ),
        "lower": lambda: gettext("Efter {waited} blev også mindre erfarne spurgt.").format(waited=_waited(facts)),
        "overflow": lambda: _overflow(facts),
    }
    return says.get(facts.get("step", ""), lambda: "")()


def _overflow(facts: Mapping[str, Any]) -> str:
    own = any(not a.get("overflow") and not a.get("relief") for a in facts["agents"])
    if not own:
        return gettext("Ingen andre var på arbejde, så aflasterne blev spurgt.")
    return gettext("Efter {waited} og med {n} i køen blev også aflasterne spurgt.").format(
        waited=_waited(facts), n=facts.get("queued", 0)
    )


def _against_others(facts: Mapping[str, Any], chosen: Mapping[str, Any], names: Mapping[int, str]) -> list[str]:
    """Why not one of the others who could: less competence, less long idle, or busy."""
    if facts.get("step") == "asked" or not chosen:
        return []
    others = [a for a in facts["agents"] if a["id"] != chosen["id"]]
    busy = [a for a in others if a["mode"] not in ("available", "busy") or a.get("bound") or a.get("load")]
    free = [a for a in others if a not in busy]
    less = [a for a in free if a["proficiency"] < chosen["proficiency"]]
    equal = [a for a in free if a["proficiency"] == chosen["proficiency"]]
    found = []
    if equal:
        found.append(gettext("Havde været ledig længere end {names}.").format(names=_names(equal, names)))
    if less:
        found.append(gettext("Har højere kompetence end {names}.").format(names=_names(less, names)))
    if busy:
        found.append(gettext("Var i gang med noget andet: {names}.").format(names=_names(busy, names)))
    return found


def _names(agents: list[dict[str, Any]], names: Mapping[int, str], most: int = 3) -> str:
    shown = [names.get(a["id"], str(a["id"])) for a in agents[:most]]
    more = len(agents) - len(shown)
    if more:
        shown.append(ngettext("{n} til", "{n} til", more).format(n=more))
    return ", ".join(shown)


def _out(facts: Mapping[str, Any]) -> str:
    words = {
        "competence": gettext("mangler kompetencen"),
        "level": gettext("må ikke på det niveau"),
        "language": gettext("taler ikke sproget"),
        "owner": gettext("må ikke afgøre for den forvaltning, der ejer opgaven"),
        "unit": gettext("er i en anden enhed"),
        "named": gettext("er ikke den, den er givet til"),
        "excluded": gettext("har givet den videre eller afvist den"),
        "away": gettext("er ikke på arbejde"),
        "point": gettext("betjener noget andet"),
        "relief": gettext("aflaster ikke med den slags"),
    }
    parts = [f"{number} {words[reason]}" for reason, number in facts.get("out", {}).items() if reason in words]
    return gettext("Blev ikke spurgt: {parts}.").format(parts=", ".join(parts)) if parts else ""


def _passed(facts: Mapping[str, Any]) -> str:
    number = facts.get("passed", 0)
    if not number:
        return ""
    text = ngettext(
        "{n} henvendelse, der hastede mere, kunne ingen ledig tage.",
        "{n} henvendelser, der hastede mere, kunne ingen ledig tage.",
        number,
    )
    return text.format(n=number)


def _waited(facts: Mapping[str, Any]) -> str:
    waited = datetime.fromisoformat(facts["at"]) - datetime.fromisoformat(facts["item"]["waiting_since"])
    seconds = max(0, int(waited.total_seconds()))
    if seconds < _SECONDS_OF_MINUTES:
        return gettext("{n} sek.").format(n=seconds)
    return gettext("{n} min.").format(n=seconds // 60)

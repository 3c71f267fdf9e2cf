"""The figures work is given out by: which there are, what holds now, and the code's own defaults.

The rows of `RuleSet` are dated; the newest one in force holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from indgang.core.routing.facts import Settings
from indgang.core.routing.keeping import Kept
from indgang.core.routing.models import RuleSet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

DAY = 86_400.0
USUAL = Settings()


@dataclass(frozen=True)
class Rule:
    """One figure: what it is, in what it is counted, and between which values it may stand."""

    code: str
    title: "_StrPromise"
    unit: str  # "seconds", "pieces" or "share"
    lowest: float
    highest: float
    usual: float

    @property
    def whole(self) -> bool:
        """Whether it counts pieces."""
        return self.unit == "pieces"


def _seconds(code: str, title: "_StrPromise", usual: float, lowest: float = 0, highest: float = DAY) -> Rule:
    return Rule(code, title, "seconds", lowest, highest, usual)


def _pieces(code: str, title: "_StrPromise", usual: int, lowest: int = 1, highest: int = 100) -> Rule:
    return Rule(code, title, "pieces", lowest, highest, usual)


_OFFER = USUAL.offer_seconds
RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        _seconds("offer_seconds.usual", _("Et tilbud gælder"), _OFFER, 5, 600),
        _seconds("offer_seconds.phone", _("Et tilbud om et opkald gælder"), _OFFER, 5, 600),
        _seconds("offer_seconds.counter", _("Et tilbud om en borger ved skranken gælder"), _OFFER, 5, 600),
        _seconds("offer_seconds.chat", _("Et tilbud om en chat gælder"), _OFFER, 5, 600),
        _seconds("offer_seconds.call_back", _("Et tilbud om at ringe op gælder"), _OFFER, 5, 600),
        _seconds("offer_seconds.mail", _("Et tilbud om en mail gælder"), _OFFER, 5, 600),
        _seconds("offer_seconds.webform", _("Et tilbud om en formular gælder"), _OFFER, 5, 600),
        _pieces("capacity.written", _("Skriftlige henvendelser i hånden, når der tilbydes flere"), 1),
        _pieces("capacity.chat", _("Samtidige chats"), 1, highest=10),
        _pieces("most_in_hand", _("Skriftlige henvendelser, en medarbejder selv kan tage"), USUAL.most_in_hand),
        _seconds("steps.live.lower", _("Opkald, chat og skranke: mindre erfarne spørges efter"), USUAL.live_steps[0]),
        _seconds("steps.live.overflow", _("Opkald, chat og skranke: servicecentrene aflaster"), USUAL.live_steps[1]),
        _seconds("steps.written.lower", _("Skriftligt: mindre erfarne spørges efter"), USUAL.written_steps[0]),
        _seconds("steps.written.overflow", _("Skriftligt: servicecentrene aflaster efter"), USUAL.written_steps[1]),
        _seconds("grace.live", _("Den, der kender borgeren, spørges alene: opkald og chat"), USUAL.live_grace),
        _seconds("grace.written", _("Den, der kender borgeren, spørges alene: skriftligt"), USUAL.written_grace),
        _pieces(
            "overflow.threshold",
            _("Servicecentrene aflaster straks, når flere venter end"),
            USUAL.overflow_threshold,
            0,
            10_000,
        ),
        Rule(
            "overflow.share",
            _("Højst så stor en del af en enheds aflastere ad gangen"),
            "share",
            0.01,
            1,
            USUAL.overflow_share,
        ),
        _seconds("priority_seconds", _("En prioritet flytter frem"), USUAL.priority_seconds),
        _seconds("back_off", _("Hvil efter et ubesvaret tilbud, fordobles hver gang"), USUAL.back_off, 1, 600),
        _seconds("back_off_most", _("Længste hvil"), USUAL.back_off_most, 1, 3600),
        _seconds("expired_rest", _("Ubesvaret: ikke til samme medarbejder i"), USUAL.expired_rest),
        _seconds("declined_rest", _("Afvist: ikke til samme medarbejder i"), USUAL.declined_rest),
        _pieces("misses", _("Ubesvarede tilbud i træk, før medarbejderen ikke spørges"), USUAL.misses, 1, 20),
        _seconds("unseen", _("Uden livstegn fra siden, før medarbejderen ikke spørges"), USUAL.unseen, 20, 3600),
        _seconds("wrap_up.live", _("Efterbehandling efter opkald, chat og skranke"), USUAL.wrap_up_live, 0, 1800),
        _seconds("wrap_up.written", _("Efterbehandling efter skriftligt"), USUAL.wrap_up_written, 0, 1800),
    )
}


def figures(at: datetime) -> Settings:
    """What holds at that moment."""
    return _KEPT.at(at)


def row_at(at: datetime) -> RuleSet | None:
    """The row in force."""
    return RuleSet.objects.filter(valid_from__lte=at).order_by("-valid_from", "-pk").first()


def values_at(at: datetime) -> dict[str, float]:
    """The figures somebody set, by code; the others have their default."""
    row = row_at(at)
    return dict(row.figures) if row else {}


def settings_of(values: Mapping[str, float]) -> Settings:
    """The figures as the policy takes them."""
    plain = {name: _typed(name, value) for name, value in values.items() if name in RULES and "." not in name}
    usual = values.get("offer_seconds.usual", USUAL.offer_seconds)
    return Settings(
        **plain,
        offer_seconds=usual,
        offer_by_medium=_part(values, "offer_seconds."),
        capacity={medium: int(number) for medium, number in _part(values, "capacity.").items()},
        live_steps=_steps(values, "live", USUAL.live_steps),
        written_steps=_steps(values, "written", USUAL.written_steps),
        live_grace=values.get("grace.live", USUAL.live_grace),
        written_grace=values.get("grace.written", USUAL.written_grace),
        overflow_threshold=int(values.get("overflow.threshold", USUAL.overflow_threshold)),
        overflow_share=values.get("overflow.share", USUAL.overflow_share),
        wrap_up_live=values.get("wrap_up.live", USUAL.wrap_up_live),
        wrap_up_written=values.get("wrap_up.written", USUAL.wrap_up_written),
    )


def _typed(name: str, value: float) -> Any:
    return int(value) if RULES[name].whole else float(value)


def _part(values: Mapping[str, float], prefix: str) -> dict[str, float]:
    return {code.removeprefix(prefix): value for code, value in values.items() if code.startswith(prefix)}


def _steps(values: Mapping[str, float], kind: str, usual: tuple[float, float]) -> tuple[float, float]:
    return (values.get(f"steps.{kind}.lower", usual[0]), values.get(f"steps.{kind}.overflow", usual[1]))


_KEPT = Kept(lambda at: settings_of(values_at(at)))

"""A day to try, as a planner asks for it: which staffing, which day, what happens."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indgang.desks.planning import selectors, words
from indgang.desks.planning.forms import PlanForm, number, per_cent, whole
from indgang.desks.planning.option_forms import NO_PATIENCE
from indgang.desks.planning.trial_errors import (
    ClosedThen,
    EndlessTime,
    NobodyLeft,
    NobodyPlanned,
    NoTimeLeft,
    OutsideHours,
    TooManyThere,
    TooMuchTried,
)
from indgang.desks.planning.trials import (
    CHANGED,
    MOST_PLAYED,
    PLANNED,
    engine_reads,
    open_slots,
    played,
    present,
)
from indgang.desks.planning.values import Kind, RunRow
from indgang.desks.planning.weeks import OF_DAY, SLOTS, time_of
from indgang.foundation.access.values import Viewer

WEEK = "uge"
LONGEST = 4 * 3600  # seconds
MOST_THERE = 2_000  # at work at the same time; more than any municipality has
LEAST_CHANGE, MOST_CHANGE = -90, 300  # per cent
HOURS = [(slot, f"{slot // 2}.{slot % 2 * 30:02d}") for slot in range(OF_DAY + 1)]


def change(label: Any, help_text: Any) -> forms.FloatField:
    """More or less of something, in per cent."""
    said = {
        "min_value": _("Skriv højst 90 procent færre eller kortere: -90. Med -100 var der intet at spille."),
        "max_value": _("Skriv højst 300 procent flere eller længere: 300 er fire gange så meget."),
    }
    field = number(label, help_text, least=LEAST_CHANGE, most=MOST_CHANGE, initial=0, error_messages=said)
    field.widget.attrs["inputmode"] = "text"  # keyboards of numbers have no minus
    return field


class TrialForm(PlanForm):
    """A staffing that was calculated, a day of it, and what may happen."""

    bemanding = forms.ChoiceField(
        label=_("Bemanding"), help_text=_("Dens behov, henvendelser, behandlingstid og mål følger med.")
    )
    dag = forms.ChoiceField(label=_("Dag"), help_text=_("En sædvanlig dag eller uge i bemandingen."), initial="0")
    mangler = whole(
        _("Så mange mangler"), _("F.eks. syge. 0: alle er der."), most=100_000, initial=3,
        error_messages={"min_value": _("Skriv 0 eller flere. Er der flere på arbejde, så skriv dem som hjælpere.")},
    )  # fmt: skip
    fra = forms.TypedChoiceField(
        label=_("Mangler fra kl."), choices=HOURS[:-1], coerce=int, initial=0, help_text=_("0.00: fra de åbner.")
    )
    til = forms.TypedChoiceField(
        label=_("Mangler til kl."), choices=HOURS[1:], coerce=int, initial=OF_DAY, help_text=_("24.00: til de lukker.")
    )
    opkald = change(_("Flere henvendelser (%)"), _("20: en femtedel flere. -20: en femtedel færre."))
    tid = change(_("Længere behandlingstid (%)"), _("10: en tiendedel længere. -10: kortere."))
    laengere = number(
        _("Længere hver (sekunder)"), _("60: hver henvendelse tager et minut mere."), least=-LONGEST, most=LONGEST,
        initial=0,
    )  # fmt: skip
    venter = number(
        _("Tålmodighed (sekunder)"), _("Før de lægger på, i snit. Tomt: som i bemandingen."), required=False, least=1,
        most=86_400,
        error_messages={"min_value": NO_PATIENCE, "max_value": _("Skriv højst 86.400 sekunder (et døgn).")},
    )  # fmt: skip
    hjaelp = whole(
        _("Hjælpere"), _("Fra andre steder, hele dagen. De bliver spurgt, når nogen har ventet 5 sekunder."), most=1000,
        initial=0,
    )  # fmt: skip
    ringop = forms.BooleanField(label=_("Tilbyd at ringe op, når det varer længe"), required=False)
    ringop_efter = number(
        _("Tilbyd efter (sekunder)"), _("Så længe har de ventet."), most=86_400, initial=120, required=False
    )
    ringop_andel = per_cent(
        _("Så mange siger ja (%)"), _("De beholder pladsen i køen og lægger ikke på."), initial=50, required=False
    )
    foelg = forms.TypedChoiceField(
        label=_("Følg den, der kommer efter kl."), choices=[(hour, f"{hour}.00") for hour in range(24)], coerce=int,
        initial=10, help_text=_("Én henvendelse fortælles skridt for skridt. I en uge: den første dag."),
    )  # fmt: skip
    gange = whole(
        _("Gange, dagen spilles"), _("Flere gange giver mindre usikkerhed og tager længere tid."), least=2, most=200,
        initial=30, error_messages={"min_value": _("Skriv mindst 2 gange: en enkelt dag siger intet om usikkerheden.")},
    )  # fmt: skip
    froe = whole(
        _("Begyndelsestal"), _("Samme tal giver de samme dage igen; et andet tal giver andre."), least=1,
        most=1_000_000, initial=1,
    )  # fmt: skip

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = selectors.runs(viewer, Kind.STAFFING, done=True)
        self.fields["bemanding"].choices = [(str(row.id), _dated(row)) for row in rows]  # type: ignore[attr-defined]
        days = [(str(place), str(name).capitalize()) for place, name in enumerate(words.WEEKDAYS)]
        self.fields["dag"].choices = [*days, (WEEK, gettext("Hele ugen"))]  # type: ignore[attr-defined]
        self.lacks = "" if rows else "staffing"

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """The fields as they stand on the page."""
        return [(heading, [self[name] for name in names]) for heading, names in _GROUPS]

    @property
    def is_fine_set(self) -> bool:
        """Whether something is wrong in the part that is folded away."""
        return any(self[name].errors for name in _GROUPS[-1][1])

    def clean(self) -> dict[str, Any] | None:
        """The times must be in order."""
        data = super().clean()
        if data and {"fra", "til"} <= data.keys() and data["fra"] >= data["til"]:
            self.add_error("til", gettext("Vælg et klokkeslæt efter det, de mangler fra."))
        return data

    def staffing_id(self) -> UUID:
        """Which one was chosen."""
        return UUID(self.cleaned_data["bemanding"])

    def asked(self) -> dict[str, str]:
        """What was typed, so that it can be changed and asked again."""
        return {name: str(self.data.get(name, ""))[:40] for name in self.fields}

    def given(self, source: RunRow) -> dict[str, Any]:
        """As the calculation takes it. Raises what cannot be, at its field."""
        data, input_ = self.cleaned_data, source.input
        facts = {
            **{key: input_[key] for key in ("week", "handling", "patience", "share", "within")},
            "staff": _by_slot(source, "agents"),
            "levels": _by_slot(source, "service_level"),
            "days": list(range(7)) if data["dag"] == WEEK else [int(data["dag"])],
            "missing": data["mangler"], "first": data["fra"], "last": data["til"],
            "calls": 1 + data["opkald"] / 100,
            "handling_then": input_["handling"] * (1 + data["tid"] / 100) + data["laengere"],
            "patience_then": data["venter"] or input_["patience"],
            "call_back": self._call_back(), "helpers": data["hjaelp"], "follow": data["foelg"],
            "replications": data["gange"], "seed": data["froe"],
            "staffing": {"id": str(source.id), "name": source.name}, "asked": self.asked(),
        }  # fmt: skip
        _refuse_impossible(facts)
        return facts

    def place_of(self, field: str | None) -> str | None:
        """What the engine finds too large is the staffing's."""
        return {"groups": "bemanding", "streams": "gange"}.get(field or "", super().place_of(field))

    def _call_back(self) -> dict[str, float] | None:
        data = self.cleaned_data
        if not data["ringop"]:
            return None
        after, share = data["ringop_efter"], data["ringop_andel"]
        return {"after": 120 if after is None else after, "share": (50 if share is None else share) / 100}


_GROUPS: Sequence[tuple[Any, Sequence[str]]] = (
    (_("Hvilken dag"), ("bemanding", "dag")),
    (_("Hvem mangler"), ("mangler", "fra", "til")),
    (_("Hvad sker der"), ("opkald", "tid", "laengere")),
    (
        _("Flere muligheder: hjælpere, tålmodighed, ring op, følg en anden, spil flere gange"),
        ("hjaelp", "venter", "foelg", "ringop", "ringop_efter", "ringop_andel", "gange", "froe"),
    ),
)


def _dated(row: RunRow) -> str:
    """When it was asked for comes first: it tells staffings of one forecast apart, also where the name is cut."""
    return f"{formats.date_format(localtime(row.asked_at), 'j. b H.i')}: {row.name}"


def _by_slot(source: RunRow, column: str) -> list[float]:
    """A column of a staffing's table by half-hour of the week."""
    table = (source.result or {})["tables"]["need"]
    place, found = table["columns"].index(column), [0.0] * SLOTS
    for row in table["rows"]:
        hour, minute = row[1].split(":")
        found[row[0] * OF_DAY + int(hour) * 2 + int(minute) // 30] = row[place] or 0.0
    return found


def _refuse_impossible(facts: dict[str, Any]) -> None:
    slots = open_slots(facts)
    if not slots:
        raise ClosedThen
    most = max(present(facts, PLANNED))
    if not most:
        raise NobodyPlanned
    if most > MOST_THERE:
        raise TooManyThere(count=most, most=MOST_THERE)
    if facts["handling_then"] < 1:
        raise NoTimeLeft(seconds=round(facts["handling_then"]))
    if facts["handling_then"] > LONGEST:
        raise EndlessTime(seconds=round(facts["handling_then"]), most=LONGEST)
    if played(facts) > MOST_PLAYED:
        raise TooMuchTried(count=round(played(facts)), most=MOST_PLAYED)
    _refuse_nobody_left(facts, slots)
    for way in (PLANNED, CHANGED):
        engine_reads(facts, way)


def _refuse_nobody_left(facts: dict[str, Any], slots: list[int]) -> None:
    """So many missing that nobody is left in all the hours they are missing; a single empty half-hour can be played."""
    if not facts["missing"]:
        return
    then = [slot for slot in slots if facts["first"] <= slot % OF_DAY < facts["last"]]
    if not then:
        raise OutsideHours(first=_clock(slots[0]), last=_clock(slots[-1] + 1))
    there, left = present(facts, PLANNED), present(facts, CHANGED)
    if not any(left[slot] for slot in then) and not facts["helpers"]:
        raise NobodyLeft(most=max(there[slot] for slot in then))


def _clock(slot: int) -> str:
    return time_of(slot).replace(":", ".")

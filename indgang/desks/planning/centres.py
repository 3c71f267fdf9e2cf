"""The centres in their busiest half-hour: what the municipality itself knows, under what a planner says of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import UnitCard
from indgang.desks.insight import selectors as insight
from indgang.desks.planning.capacity import CentreFacts
from indgang.desks.planning.errors import PlanMoved
from indgang.desks.planning.models import CentreFigure
from indgang.desks.planning.selectors import refuse_strangers
from indgang.foundation.access.values import Role, Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock

CENTRE, VISITS = "centre", ("counter",)
LOOKED_BACK = timedelta(days=365)


@dataclass(frozen=True)
class Figures:
    """What is said of a centre; None: not known."""

    load: float | None
    staff: float | None
    lacks: str | None  # competences nobody has, in words, semicolons between
    tax_seat: str  # yes, no; empty: none is needed


@dataclass(frozen=True)
class Centre:
    """A centre of the organisation."""

    id: int
    code: str
    name: str
    counters: int
    known: Figures  # from employees, counters and visits
    kept: Figures | None  # what a planner keeps instead
    version: int  # of what is kept; 0: nothing is

    @property
    def figures(self) -> Figures:
        """Those that are reckoned with: the planner's where there are any, otherwise the municipality's own."""
        if self.kept is None:
            return self.known
        return Figures(
            self.known.load if self.kept.load is None else self.kept.load,
            self.known.staff if self.kept.staff is None else self.kept.staff,
            self.known.lacks if self.kept.lacks is None else self.kept.lacks,
            self.kept.tax_seat,
        )

    def facts(self) -> CentreFacts | None:
        """For the warnings; None where load or staff is not known."""
        said = self.figures
        if said.load is None or said.staff is None:
            return None
        lacks = frozenset(part.strip() for part in (said.lacks or "").split(";") if part.strip())
        seat = said.tax_seat
        return CentreFacts(self.code, self.name, said.load, said.staff, {}, lacks, bool(seat), seat == "yes")


def centres(viewer: Viewer, at: datetime) -> list[Centre]:
    """The centres of the plan the municipality lives by, in the order of their names."""
    refuse_strangers(viewer)
    units = organisation.units(CENTRE, at)
    today = clock.local(at).date()
    busy = insight.busiest(VISITS, [unit.code for unit in units], today - LOOKED_BACK, today)
    kept = {row.unit: row for row in CentreFigure.objects.all()}
    counters: dict[str, int] = {}
    for counter in organisation.counters(at):
        counters[counter.unit_code] = counters.get(counter.unit_code, 0) + (counter.valid_from <= today)
    facts, names = organisation.agent_facts(None, at), dict(organisation.groups())
    found = []
    for unit in units:
        people = [one for one in facts if one.unit == unit.id]
        visits = busy.get(unit.code)
        asked = visits.groups if visits else frozenset()
        able = {group for one in people for group, (proficiency, _level) in one.competences.items() if proficiency}
        known = Figures(
            round(2 * visits.hours, 2) if visits and visits.hours else None,
            float(len(people)) if people else None,
            "; ".join(names.get(code, code) for code in sorted(asked - able)) if people else "",
            "yes" if any(Role.SECONDED_TAX.value in one.roles for one in people) else "",
        )
        found.append(_centre(unit, counters.get(unit.code, 0), known, kept.get(unit.code)))
    return sorted(found, key=lambda one: one.name)


@transaction.atomic
def keep(*, said: Mapping[str, tuple[Figures, int]], viewer: Viewer, at: datetime) -> None:
    """Keep what a planner says of centres, by code with the version that was seen; unchanged ones are left alone.

    Raises PlanMoved when somebody else kept something meanwhile; then nothing is kept.
    """
    refuse_strangers(viewer)
    shown = {one.code: one for one in centres(viewer, at)}
    there = {row.unit: row for row in CentreFigure.objects.select_for_update()}
    changed = []
    for code, (figures, version) in said.items():
        row = there.get(code)
        if (row.version if row else 0) != version:
            raise PlanMoved
        if code in shown and figures != shown[code].figures:
            _keep(code, _own_only(figures, shown[code]), row, viewer, at)
            changed.append(code)
    if changed:
        journal.record(
            "plan.centres_kept", at=at, viewer_name=viewer.name, subject="planning.centrefigure:all",
            data={"units": changed},
        )  # fmt: skip


def _own_only(figures: Figures, shown: Centre) -> Figures:
    """A number that is the municipality's own is not kept: it goes on following what the municipality knows."""
    return Figures(
        None if figures.load == shown.known.load else figures.load,
        None if figures.staff == shown.known.staff else figures.staff,
        None if figures.lacks == shown.known.lacks else figures.lacks,
        figures.tax_seat,
    )


def _keep(code: str, figures: Figures, row: CentreFigure | None, viewer: Viewer, at: datetime) -> None:
    CentreFigure.objects.update_or_create(
        unit=code,
        defaults={
            "load": figures.load, "staff": figures.staff, "lacks": figures.lacks, "tax_seat": figures.tax_seat,
            "kept_at": at, "kept_by": viewer.name, "version": row.version + 1 if row else 1,
        },
    )  # fmt: skip


def _centre(unit: UnitCard, counters: int, known: Figures, row: CentreFigure | None) -> Centre:
    kept = Figures(row.load, row.staff, row.lacks, row.tax_seat) if row else None
    return Centre(unit.id, unit.code, unit.name, counters, known, kept, row.version if row else 0)

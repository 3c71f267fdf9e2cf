"""The letter of a decision in plain Danish: result, amounts, reason, rule, what to do, how to complain, who answers."""

from datetime import datetime

from django.utils.translation import gettext, override

from indgang.core.cases.drafting import amounts_of
from indgang.core.cases.letter_making import (
    Receiver,
    administration_name,
    day_text,
    letter_of,
    matter_of,
    pdf_of,
    with_amounts,
    with_sections,
    without_appeal,
)
from indgang.core.cases.models import Case, Decision
from indgang.core.cases.opening import setting_of
from indgang.core.cases.owning import owner_of, owning_unit
from indgang.core.cases.values import Result
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.values import Viewer
from indgang.foundation.letters.values import Box, Filled, Heading, Outcome, Paragraph, Signature
from indgang.foundation.runtime import clock

TEMPLATE = "afgoerelse"
_OUTCOMES = {
    Result.GRANTED: Outcome.GRANTED,
    Result.PARTLY: Outcome.PARTLY,
    Result.REFUSED: Outcome.REFUSED,
    Result.OTHER: Outcome.REFUSED,  # whatever is not granted in full has reasons and guidance
}


def decision_letter(
    case: Case, row: Decision, receiver: Receiver, *, viewer: Viewer, at: datetime
) -> tuple[str, bytes]:
    """Its title and its PDF. Raises what letters say."""
    result, language = Result(row.result), row.language
    outcome = _OUTCOMES[result]
    fields = fields_of(case, row, result)
    filled = letter_of(
        case, TEMPLATE, fields, receiver=receiver, viewer=viewer, language=language, outcome=outcome, at=at
    )
    with override(language):
        if outcome == Outcome.GRANTED:
            sections = [(gettext("Derfor"), _reasons(row)), (gettext("Reglen"), row.legal_basis)]
            filled = with_sections(filled, sections)
        elif row.no_appeal:
            sentence = gettext("Du kan ikke klage over afgørelsen til en anden myndighed. Det følger af {rule}.")
            filled = without_appeal(filled, gettext("Klage"), sentence.format(rule=row.appeal_rule.rstrip(".")))
    filled = with_amounts(filled, amounts_of(row.amounts), language)
    return filled.title, pdf_of(case, filled, receiver=receiver, language=language, at=at)


def fields_of(case: Case, row: Decision, result: Result) -> dict[str, str]:
    """The fields of the decision; those of the appeal are empty where nobody can be complained to."""
    language = row.language
    fields = {
        "forvaltning.navn": administration_name(owner_of(case)),
        "afgørelse.resultat": "\n\n".join(part for part in (row.summary, _sentence(result, language)) if part),
        "afgørelse.begrundelse": _reasons(row),
        "afgørelse.regler": row.legal_basis,
        "afgørelse.handling": row.to_do,
        "afgørelse.fra": day_text(row.valid_from, language) if row.valid_from else "",
    }
    if row.no_appeal or result == Result.GRANTED:
        return fields
    return fields | {
        "klage.myndighed": row.appeal_body,
        "klage.frist": _time_limit(row),
        "klage.sendes_til": send_complaints_to(case),
        "klage.fremgangsmåde": _procedure(case, row),
        "klage.begrænsning": row.appeal_limits,
    }


def send_complaints_to(case: Case) -> str:
    """The unit of the owning administration that looks at the decision again, with where it is."""
    unit = organisation.unit(owning_unit(case))
    if unit is None:
        return administration_name(owner_of(case))
    place = " ".join(unit.address.split())
    return ", ".join(part for part in (unit.name, administration_name(owner_of(case)), place) if part)


def revocation_letter(
    case: Case, row: Decision, receiver: Receiver, *, viewer: Viewer, at: datetime
) -> tuple[str, bytes]:
    """That a decision holds no more, and why."""
    language = row.language
    unit = organisation.unit(case.unit_id)
    who = organisation.employee(viewer.actor.employee) if viewer.actor else None
    decided = clock.local(row.decided_at).date() if row.decided_at else clock.local(at).date()
    with override(language):
        matter = matter_of(case, language)
        told = gettext("Afgørelsen af {day} om {matter} gælder ikke længere.")
        greeting = gettext("Kære {name}").format(name=gettext("borger") if receiver.protected else receiver.name)
        filled = Filled(
            gettext("Vi tilbagekalder afgørelsen om {matter}").format(matter=matter),
            (
                Paragraph(greeting),
                Box(gettext("Resultat"), (told.format(day=day_text(decided, language), matter=matter),)),
                Heading(gettext("Derfor")),
                Paragraph(row.ground),
                Heading(gettext("Det sker nu")),
                Paragraph(gettext("Vi ser på sagen igen, og du får besked, når den er afgjort på ny.")),
                Paragraph(
                    gettext("Det er {administration}, der har ansvaret for sagen.").format(
                        administration=administration_name(owner_of(case))
                    )
                ),
                Signature(
                    tuple(
                        part
                        for part in (gettext("Venlig hilsen"), who.name if who else "", unit.name if unit else "")
                        if part
                    )
                ),
            ),
            [],
        )
    return filled.title, pdf_of(case, filled, receiver=receiver, language=language, at=at)


def _sentence(result: Result, language: str) -> str:
    with override(language):
        if result == Result.GRANTED:
            return gettext("Vi siger ja til det hele.")
        if result == Result.PARTLY:
            return gettext("Vi siger ja til noget af det og nej til resten.")
        if result == Result.REFUSED:
            return gettext("Vi siger nej.")
        return gettext("Vi har truffet en afgørelse i din sag.")


def _reasons(row: Decision) -> str:
    """The facts that counted, then why they lead to the result."""
    return "\n\n".join(part for part in (row.facts, row.reasons) if part.strip())


def _procedure(case: Case, row: Decision) -> str:
    """What happens to a complaint: we look again first, where the rules of the task say so."""
    with override(row.language):
        if setting_of(case.task_id).appeal_resort:
            said = gettext(
                "Vi ser på sagen igen, når vi får din klage. Ændrer vi ikke afgørelsen, sender vi klagen til {body}."
            )
        else:
            said = gettext("Vi sender din klage videre til {body}, som behandler den.")
        return said.format(body=row.appeal_body)


def _time_limit(row: Decision) -> str:
    if row.appeal_by is not None:
        return day_text(row.appeal_by, row.language)
    with override(row.language):
        weeks = row.appeal_weeks or 0
        return gettext("{weeks} uger efter den dag, du fik brevet").format(weeks=weeks)

"""Letter templates in the database: versions, who wrote them, from when to when they are used."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Greatest
from django.utils.translation import gettext

from indgang.foundation.journal import services as journal
from indgang.foundation.letters.errors import (
    LetterEmpty,
    LetterTooLong,
    TemplateChanged,
    UnknownTemplate,
    WrongTemplateFact,
)
from indgang.foundation.letters.filling import LONGEST_BODY, LONGEST_TITLE, check, fill_text, samples
from indgang.foundation.letters.models import LetterTemplate
from indgang.foundation.letters.values import Filled, Kind, TemplateRow
from indgang.foundation.runtime import clock

HAND, PROFILE = "hand", "profile"
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
_LOCK = 724_112  # two first versions of one template at once: the second waits and is refused as changed


@transaction.atomic
def save_template(
    *,
    code: str,
    language: str,
    kind: str,
    title: str,
    body: str,
    viewer_name: str,
    at: datetime,
    version: int | None = None,
    valid_from: date | None = None,
    origin: str = HAND,
) -> TemplateRow:
    """A new version, used from `valid_from` (today); the earlier one is used until then.

    `version` is the one the writer saw, 0 for a new template, None to write on whatever stands. The caller has checked
    the writer's right. Raises TemplateChanged, TemplateWrong, UnknownField, TemplateIncomplete, WrongTemplateFact.
    """
    headline, text = " ".join(title.replace("\x00", "").split()), body.replace("\x00", "").strip()
    _check(code, language, kind, headline, text)
    day = valid_from or clock.local(at).date()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    rows = LetterTemplate.objects.filter(code=code, language=language)
    before = rows.order_by("-version").values_list("version", flat=True).first() or 0
    if version is not None and version != before:
        raise TemplateChanged
    _end(code, language, day)
    made = LetterTemplate.objects.create(
        code=code, language=language, kind=kind, version=before + 1, title=headline, body=text, valid_from=day,
        origin=origin, saved_at=at, saved_by=viewer_name,
    )  # fmt: skip
    _note("letters.template_saved", made, viewer_name, at)
    return row_of(made)


@transaction.atomic
def retire_template(
    *, code: str, language: str, version: int, viewer_name: str, at: datetime, last_day: date | None = None
) -> None:
    """Not used from today, or not after `last_day`; its versions stay. Raises UnknownTemplate, TemplateChanged."""
    rows = LetterTemplate.objects.select_for_update().filter(code=code, language=language)
    newest = rows.order_by("-version").first()
    if newest is None:
        raise UnknownTemplate(code=code[:40], language=language[:2])
    if newest.version != version:
        raise TemplateChanged
    day = clock.local(at).date() if last_day is None else date.fromordinal(last_day.toordinal() + 1)
    if _end(code, language, day):
        _note("letters.template_retired", newest, viewer_name, at)


def fill(*, code: str, language: str, fields: Mapping[str, str], outcome: str = "", day: date | None = None) -> Filled:
    """A letter by the template in use on that day (today).

    Fields left without a value are named in `missing`. Raises UnknownTemplate, UnknownField, WrongOutcome, WrongTable.
    """
    row = in_use(code, language, day or _today())
    return fill_text(row.kind, row.title, row.body, fields, outcome)


def sample(*, kind: str, language: str, title: str, body: str, outcome: str = "") -> Filled:
    """A template as it stands in the editor, with invented values, after the checks of saving."""
    check(kind_of(kind), title, body)
    return fill_text(kind, title, body, samples(language), outcome)


def in_use(code: str, language: str, day: date) -> TemplateRow:
    """The version used on a day. Raises UnknownTemplate."""
    row = _on(day).filter(code=code, language=language).order_by("-version").first()
    if row is None:
        raise UnknownTemplate(code=code[:40], language=language[:2])
    return row_of(row)


def templates(*, kind: str = "", language: str = "", day: date | None = None) -> list[TemplateRow]:
    """Those in use on a day (today), by code and language."""
    wanted = {name: value for name, value in (("kind", kind), ("language", language)) if value}
    return [row_of(row) for row in _on(day or _today()).filter(**wanted).order_by("code", "language", "-version")]


def versions(*, code: str, language: str) -> list[TemplateRow]:
    """Every version of a template, newest first."""
    return [row_of(row) for row in LetterTemplate.objects.filter(code=code, language=language).order_by("-version")]


def row_of(row: LetterTemplate) -> TemplateRow:
    """As it is handed out."""
    return TemplateRow(
        row.pk, row.code, row.language, row.kind, row.title, row.body, row.version, row.valid_from, row.valid_to,
        row.origin, row.saved_by,
    )  # fmt: skip


def kind_of(kind: str) -> str:
    """The kind, or WrongTemplateFact."""
    if kind not in list(Kind):
        raise WrongTemplateFact(field="kind", what=gettext("Brevtypen"), value=kind[:40], known=", ".join(Kind))
    return kind


def _check(code: str, language: str, kind: str, title: str, body: str) -> None:
    if not _CODE.fullmatch(code):
        raise WrongTemplateFact(
            field="code", what=gettext("Koden"), value=code[:40], known=gettext("små bogstaver, tal og bindestreg")
        )
    if language not in ("da", "en"):
        raise WrongTemplateFact(field="language", what=gettext("Sproget"), value=language[:40], known="da, en")
    texts = (("title", gettext("titlen"), title, LONGEST_TITLE), ("body", gettext("teksten"), body, LONGEST_BODY))
    for field, what, text, most in texts:
        if not text:
            raise LetterEmpty(field=field, what=what)
        if len(text) > most:
            raise LetterTooLong(field=field, place=what, count=len(text), most=most)
    check(kind_of(kind), title, body)


def _today() -> date:
    return clock.local(clock.now()).date()


def _on(day: date) -> QuerySet[LetterTemplate]:
    return LetterTemplate.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


def _end(code: str, language: str, day: date) -> int:
    """No version is used from that day; how many changed."""
    rows = LetterTemplate.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), code=code, language=language)
    return rows.update(valid_to=Greatest("valid_from", day))


def _note(verb: str, row: LetterTemplate, viewer_name: str, at: datetime) -> None:
    facts: dict[str, object] = {"code": row.code, "language": row.language, "version": row.version, "kind": row.kind}
    journal.record(verb, at=at, viewer_name=viewer_name, subject=row, data=facts)

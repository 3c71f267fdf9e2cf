"""Pages about mails: the demo's mailbox, and the mails a person must look at."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from indgang.entrances.mail import mailbox as demo
from indgang.entrances.mail import selectors, services
from indgang.entrances.mail.errors import NotDelivered
from indgang.entrances.mail.forms import WriteForm
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

# The frame may load nothing and run nothing; style attributes are gone already.
FRAME_POLICY = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; frame-ancestors 'self'"


@require_GET
def mailbox(request: HttpRequest) -> HttpResponse:
    """What invented citizens have received."""
    _demo_only()
    recipient = request.GET.get("til", "")[:200]
    return _mailbox_page(request, recipient, WriteForm())


@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """An invented citizen writes to the municipality."""
    _demo_only()
    form = WriteForm(request.POST)
    if not form.is_valid():
        return _mailbox_page(request, "", form, status=422)
    try:
        demo.write(**form.cleaned_data)
    except NotDelivered as error:
        form.add_error(None, str(error))
        return _mailbox_page(request, "", form, status=503)
    messages.success(request, gettext("Mailen er sendt til kommunen."))
    return redirect("mail:mailbox")


@require_GET
def mailbox_mail(request: HttpRequest, mail_id: str) -> HttpResponse:
    """One received mail."""
    _demo_only()
    letter = demo.letter(mail_id)
    if letter is None:
        raise NotFound
    answer = WriteForm(
        initial={
            "sender": letter.kept.recipients[0] if letter.kept.recipients else "",
            "name": "",
            "subject": f"Sv: {letter.kept.subject}"[:150],
            "in_reply_to": letter.kept.message_id,
        }
    )
    return render(request, "mail/letter.html", {"letter": letter, "form": answer})


@require_GET
def mailbox_html(request: HttpRequest, mail_id: str) -> HttpResponse:
    """The safe HTML of a mail, for the sandboxed frame."""
    _demo_only()
    letter = demo.letter(mail_id)
    if letter is None or letter.mail is None:
        raise NotFound
    response = HttpResponse(f"<!doctype html><html lang='da'><title>E-mail</title>{letter.mail.html}</html>")
    response["Content-Security-Policy"] = FRAME_POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


@require_GET
def attention(request: HttpRequest) -> HttpResponse:
    """Mails nobody could file, and automatic ones without a contact."""
    viewer, at = _staff(request), clock.now()
    lists = {"rows": selectors.attention(viewer, at), "automatic": selectors.unattached(viewer, at)}
    return render(request, "mail/attention.html", lists)


@require_GET
def raw(request: HttpRequest, raw_id: UUID) -> HttpResponse:
    """The mail as it came, always as a download."""
    content = selectors.raw_content(_staff(request), raw_id, clock.now())
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="mail-{raw_id}.eml"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def again(request: HttpRequest, raw_id: UUID) -> HttpResponse:
    """Try once more to file it."""
    services.file_again(raw_id=raw_id, viewer=_staff(request), at=clock.now())
    messages.success(request, gettext("Mailen prøves igen."))
    return redirect("mail:attention")


@require_POST
def aside(request: HttpRequest, raw_id: UUID) -> HttpResponse:
    """Nothing more is to be done about it."""
    services.set_aside(raw_id=raw_id, viewer=_staff(request), at=clock.now())
    messages.success(request, gettext("Mailen er lagt væk."))
    return redirect("mail:attention")


def _mailbox_page(request: HttpRequest, recipient: str, form: WriteForm, status: int = 200) -> HttpResponse:
    found = demo.letters(recipient)
    context = {"letters": found or [], "away": found is None, "recipient": recipient, "form": form}
    return render(request, "mail/mailbox.html", context, status=status)


def _demo_only() -> None:
    if not settings.INDGANG_DEMO:
        raise NotFound


def _staff(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]  # set by organisation's middleware
    if not viewer.is_staff:
        raise NotFound
    return viewer

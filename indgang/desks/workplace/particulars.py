"""What a contact is marked with: who inquires, the life situation, language, special need. Views."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from indgang.core.catalogue import selectors as catalogue
from indgang.core.citizens import selectors as citizens
from indgang.core.contacts import services as contacts
from indgang.core.contacts.values import Inquirer, InquirerKind, SelfService
from indgang.desks.workplace import pages
from indgang.desks.workplace.around_forms import ParticularsForm
from indgang.desks.workplace.languages import LANGUAGES
from indgang.desks.workplace.staff import dialog, goes_to, refused_form, staff_only
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def particulars(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Who inquires and about what, and what the contact is marked with."""
    at = clock.now()
    language = "en" if get_language() == "en" else "da"
    if request.method == "GET":
        item, page = pages.opened(viewer, item_id, at)
        context = {
            "item": item,
            "page": page,
            "kinds": InquirerKind.choices,
            "services": SelfService.choices,
            "events": catalogue.life_events(language),
            "situations": catalogue.life_situations(language),
            "groups": citizens.special_groups(language),
            "languages": LANGUAGES,
        }
        return dialog(request, viewer, "particulars", gettext("Oplysninger om henvendelsen"), context)
    form = ParticularsForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    contact_id, facts = pages.contact_in_hand(viewer, item_id, at), form.cleaned_data
    contacts.set_inquirer(
        contact_id=contact_id,
        inquirer=Inquirer(facts["inquirer_kind"], facts["name"], facts["mail"], facts["phone"]),
        subject=facts["subject"] or None,
        language=facts["language"],
        viewer=viewer,
        at=at,
        version=facts["version"],
    )
    contacts.set_tags(
        contact_id=contact_id,
        life_situation=facts["life_situation"],
        life_event=facts["life_event"],
        special_group=facts["special_group"],
        self_service=facts["self_service"],
        interpreter=facts["interpreter"],
        interpreter_at=form.interpreter_at(),
        viewer=viewer,
        at=at,
    )
    return goes_to(request, "workplace:item", item_id)

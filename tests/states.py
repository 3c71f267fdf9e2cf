"""Every screen and every state it can have: where it stands, and what brings it about.

`path` may name things the stage prepares, in braces: {suggested} is the token of a form with suggestions on it. `fill`
and `press` are what the person does there (selectors). `by` is the employee who looks; "" is a citizen.
"""

from dataclasses import dataclass, field

FORM = "#indhold form[method=post]"
LEADER = "sigurd.sikker"


@dataclass(frozen=True)
class State:
    """One screen in one state."""

    route: str  # as in the address table
    name: str
    path: str
    by: str = ""
    fill: dict[str, str] = field(default_factory=dict)
    press: str = ""
    status: int = 200  # of the page that is shown in the end

    @property
    def title(self) -> str:
        return f"{self.route or '/'} {self.name}"


SITE = [
    State("", "open now", "/"),
    State("opgaver", "all", "/opgaver"),
    State("opgaver", "found", "/opgaver?q=jeg+flytter"),
    State("opgaver", "nothing found", "/opgaver?q=qqxzy"),
    State("opgaver/<str:code>", "task", "/opgaver/T-029"),
    State("opgaver/<str:code>", "task of former days", "/opgaver/T-075"),
    State("opgaver/<str:code>", "not there", "/opgaver/T-999", status=404),
    State("livssituationer/<str:code>", "tasks", "/livssituationer/{life}"),
    State("livssituationer/<str:code>", "not there", "/livssituationer/findes-ikke", status=404),
    State("borgerservice", "empty", "/borgerservice"),
    State("borgerservice", "suggestions", "/borgerservice?adresse=Spurvens+V"),
    State("borgerservice", "centre found", "/borgerservice?adresse=Spurvens+Vej+12,+2500"),
    State("borgerservice", "unknown address", "/borgerservice?adresse=Qqvej+999"),
    State("enheder/<str:code>", "centre", "/enheder/BS-INDREBY"),
    State("enheder/<str:code>", "job centre", "/enheder/JC-NORD"),
    State("enheder/<str:code>", "not there", "/enheder/findes-ikke", status=404),
    State("aabningstider", "this week", "/aabningstider"),
    State("aabningstider", "another week", "/aabningstider?dag=2026-12-24"),
    State("aabningstider", "unreadable day", "/aabningstider?dag=i+morgen"),
    State("tilgaengelighed", "statement", "/tilgaengelighed"),
    State("api/v1/docs", "operations", "/api/v1/docs"),
]
WEBFORM = [
    State("kontakt", "empty", "/kontakt"),
    State("kontakt", "words of the front page", "/kontakt?tekst=jeg+flytter"),
    State("kontakt", "nothing written", "/kontakt", press=f"{FORM} button", status=422),
    State("kontakt/<str:token>/emne", "suggestions", "/kontakt/{suggested}/emne"),
    State("kontakt/<str:token>/emne", "too unclear", "/kontakt/{unclear}/emne"),
    State("kontakt/<str:token>/emne", "nothing fits", "/kontakt/{nothing}/emne"),
    State("kontakt/<str:token>/emne", "no such form", "/kontakt/findes-ikke/emne", status=404),
    State("kontakt/<str:token>/spoergsmaal", "questions", "/kontakt/{questions}/spoergsmaal"),
    State(
        "kontakt/<str:token>/spoergsmaal",
        "unanswered",
        "/kontakt/{questions}/spoergsmaal",
        press=f"{FORM} button",
        status=422,
    ),
    State("kontakt/<str:token>/svar", "answer at once", "/kontakt/{answer}/svar"),
    State("kontakt/<str:token>/svar", "call this number", "/kontakt/{number}/svar"),
    State("kontakt/<str:token>/kontaktoplysninger", "empty", "/kontakt/{unreached}/kontaktoplysninger"),
    State("kontakt/<str:token>/kontaktoplysninger", "for the answer only", "/kontakt/{answer_only}/kontaktoplysninger"),
    State(
        "kontakt/<str:token>/kontaktoplysninger",
        "wrong mail",
        "/kontakt/{unreached}/kontaktoplysninger",
        fill={"#mail": "karla"},
        press=f"{FORM} > button",
        status=422,
    ),
    State("kontakt/<str:token>/kontaktoplysninger", "with files", "/kontakt/{review}/kontaktoplysninger"),
    State("kontakt/<str:token>/se-igennem", "message with files", "/kontakt/{review}/se-igennem"),
    State("kontakt/<str:token>/kvittering", "message", "/kontakt/{sent}/kvittering"),
    State("kontakt/<str:token>/kvittering", "call-back", "/kontakt/{called}/kvittering"),
    State("kontakt/<str:token>/kvittering", "answer on its way", "/kontakt/{settled}/kvittering"),
    State("status/<str:secret>", "received", "{status_sent}"),
    State("status/<str:secret>", "settled at once", "{status_settled}"),
    State("status/<str:secret>", "no such link", "/status/findes-ikke", status=404),
]
LOGIN = [
    State("log-ind", "empty", "/log-ind"),
    State("log-ind", "nothing written", "/log-ind", press=f"{FORM} button", status=422),
    State(
        "log-ind",
        "wrong",
        "/log-ind",
        fill={"#id_username": "ingen", "#id_password": "forkert-adgangskode"},
        press=f"{FORM} button",
        status=401,
    ),
    State("log-ind", "on the way to a page", "/log-ind?next=/arbejdsplads/post"),
    State("log-ind/to-trin", "one step only", "/log-ind/to-trin", by="bo.byggesag"),
]
DEMO = [
    State("demo/postkasse", "letters", "/demo/postkasse"),
    State("demo/postkasse", "nobody's", "/demo/postkasse?til=ingen@borger.example"),
    State(
        "demo/postkasse/skriv",
        "wrong sender",
        "/demo/postkasse",
        fill={"#id_sender": "ingen@x", "#id_subject": "Hej", "#id_body": "Hej"},
        press=f"{FORM} button",
        status=422,
    ),
    State("demo/postkasse/<str:mail_id>", "letter", "/demo/postkasse/{letter}"),
    State("demo/postkasse/<str:mail_id>", "not there", "/demo/postkasse/findes-ikke", status=404),
    State("demo/ur", "now", "/demo/ur"),
]
DESK = [
    State("arbejdsplads", "away, nothing in hand", "/arbejdsplads", by="bo.byggesag"),
    State("arbejdsplads", "offered", "/arbejdsplads", by="vera.vejhjaelp"),
    State("arbejdsplads/<uuid:item_id>", "offered, read only", "/arbejdsplads/{offered}", by="vera.vejhjaelp"),
    State("arbejdsplads", "work in hand", "/arbejdsplads", by="mille.miljoe"),
    State("arbejdsplads/<uuid:item_id>", "in hand", "/arbejdsplads/{in_hand}", by="mille.miljoe"),
    State("arbejdsplads/<uuid:item_id>", "with a person", "/arbejdsplads/{with_person}", by="rikke.rolig"),
    State("arbejdsplads/<uuid:item_id>", "somebody else's", "/arbejdsplads/{in_hand}", by="bo.byggesag", status=404),
    State(
        "arbejdsplads/<uuid:item_id>/note",
        "empty note",
        "/arbejdsplads/{in_hand}",
        by="mille.miljoe",
        press="details.note-form > summary, details.note-form button",
        status=422,
    ),
    State("arbejdsplads/post", "mail nobody can read", "/arbejdsplads/post", by="inger.indbakke"),
    State("arbejdsplads", "nothing more to take", "/arbejdsplads?tom=1", by="bo.byggesag"),
    State("arbejdsplads/genveje", "keys", "/arbejdsplads/genveje", by="bo.byggesag"),
    State("arbejdsplads/soeg", "empty", "/arbejdsplads/soeg", by="bo.byggesag"),
    State("arbejdsplads/soeg", "found", "/arbejdsplads/soeg?q=rotter", by="bo.byggesag"),
    State("arbejdsplads/soeg", "nothing found", "/arbejdsplads/soeg?q=qqxzy", by="bo.byggesag"),
    State("arbejdsplads/mine", "nothing in hand", "/arbejdsplads/mine", by="bo.byggesag"),
    State("arbejdsplads/mine", "work in hand", "/arbejdsplads/mine", by="mille.miljoe"),
    State("arbejdsplads/koe", "work waiting", "/arbejdsplads/koe", by="vera.vejhjaelp"),
    State("arbejdsplads/henvendelser", "all", "/arbejdsplads/henvendelser", by="mille.miljoe"),
    State(
        "arbejdsplads/henvendelser",
        "filtered",
        "/arbejdsplads/henvendelser?tilstand=open&kanal=mail",
        by="mille.miljoe",
    ),
    State("arbejdsplads/henvendelser", "nothing fits", "/arbejdsplads/henvendelser?q=qqxzy", by="mille.miljoe"),
    State("arbejdsplads/henvendelser", "filter not read", "/arbejdsplads/henvendelser?fra_dag=x", by="mille.miljoe"),
    State(
        "arbejdsplads/henvendelser/<uuid:contact_id>",
        "not there",
        "/arbejdsplads/henvendelser/00000000-0000-0000-0000-000000000007",
        by="mille.miljoe",
        status=404,
    ),
    State("arbejdsplads/forslag-og-klager", "open", "/arbejdsplads/forslag-og-klager", by="mille.miljoe"),
    State(
        "arbejdsplads/forslag-og-klager",
        "answered",
        "/arbejdsplads/forslag-og-klager?tilstand=besvaret",
        by="mille.miljoe",
    ),
    State("arbejdsplads/telefonbog", "empty", "/arbejdsplads/telefonbog", by="bo.byggesag"),
    State("arbejdsplads/telefonbog", "found", "/arbejdsplads/telefonbog?q=bolig", by="bo.byggesag"),
    State("arbejdsplads/telefonbog", "nothing found", "/arbejdsplads/telefonbog?q=qqxzy", by="bo.byggesag"),
    State(
        "arbejdsplads/<uuid:item_id>/standardsvar", "replies", "/arbejdsplads/{in_hand}/standardsvar", by="mille.miljoe"
    ),
    State(
        "arbejdsplads/<uuid:item_id>/overdrag",
        "likely receivers",
        "/arbejdsplads/{in_hand}/overdrag",
        by="mille.miljoe",
    ),
    State(
        "arbejdsplads/<uuid:item_id>/overdrag", "found", "/arbejdsplads/{in_hand}/overdrag?q=bolig", by="mille.miljoe"
    ),
    State("arbejdsplads/<uuid:item_id>/udskyd", "choices", "/arbejdsplads/{in_hand}/udskyd", by="mille.miljoe"),
    State("arbejdsplads/<uuid:item_id>/afslut", "results", "/arbejdsplads/{in_hand}/afslut", by="mille.miljoe"),
    State("arbejdsplads/<uuid:item_id>/opkald", "promise a call", "/arbejdsplads/{in_hand}/opkald", by="mille.miljoe"),
    State("arbejdsplads/<uuid:item_id>/materiale", "materials", "/arbejdsplads/{in_hand}/materiale", by="mille.miljoe"),
    State("arbejdsplads/<uuid:item_id>/klage", "empty", "/arbejdsplads/{in_hand}/klage", by="mille.miljoe"),
    State(
        "arbejdsplads/<uuid:item_id>/oplysninger",
        "particulars",
        "/arbejdsplads/{in_hand}/oplysninger",
        by="mille.miljoe",
    ),
    State(
        "arbejdsplads/<uuid:item_id>/ny-borger", "new citizen", "/arbejdsplads/{in_hand}/ny-borger", by="mille.miljoe"
    ),
    State("arbejdsplads/<uuid:item_id>/behov", "needs", "/arbejdsplads/{with_person}/behov", by="rikke.rolig"),
]
ADMINISTRATION = [
    State("administration", "what a leader looks after", "/administration", by="karen.kontakt"),
    State("administration/aendringer", "nothing changed", "/administration/aendringer", by="karen.kontakt"),
    State(
        "administration/aendringer", "nothing matches", "/administration/aendringer?hvem=employee:0", by="karen.kontakt"
    ),
    State("administration/kompetencer", "own unit", "/administration/kompetencer", by="karen.kontakt"),
    State("administration/kompetencer", "nobody", "/administration/kompetencer?q=qqxzy", by="karen.kontakt"),
    State(
        "administration/kompetencer",
        "only to look at",
        "/administration/kompetencer?enhed=BS-VALBY",
        by="karen.kontakt",
    ),
    State("administration/medarbejdere", "own unit", "/administration/medarbejdere", by="karen.kontakt"),
    State("administration/medarbejdere", "nobody", "/administration/medarbejdere?q=qqxzy", by="karen.kontakt"),
    State(
        "administration/medarbejdere/<int:employee_id>",
        "not there",
        "/administration/medarbejdere/0",
        by="karen.kontakt",
        status=404,
    ),
    State(
        "administration/medarbejdere/<int:employee_id>", "one", "/administration/medarbejdere/24", by="karen.kontakt"
    ),
    State("administration/aabningstider", "all", "/administration/aabningstider", by="karen.kontakt"),
    State(
        "administration/aabningstider", "nothing matches", "/administration/aabningstider?q=qqxzy", by="karen.kontakt"
    ),
    State("administration/aabningstider/dage", "days", "/administration/aabningstider/dage", by="dagmar.direktoer"),
    State(
        "administration/aabningstider/<str:unit>/<str:channel>",
        "own",
        "/administration/aabningstider/KC/phone",
        by="karen.kontakt",
    ),
    State(
        "administration/aabningstider/<str:unit>/<str:channel>",
        "only to look at",
        "/administration/aabningstider/BYG/phone",
        by="karen.kontakt",
    ),
    State(
        "administration/aabningstider/<str:unit>/<str:channel>/uge",
        "seen first",
        "/administration/aabningstider/KC/phone",
        by="karen.kontakt",
        press="button[value=vis]",
    ),
    State("administration/omskiftere", "the security leader's", "/administration/omskiftere", by="sigurd.sikker"),
    State("administration/noegler", "none", "/administration/noegler", by="drude.drift"),
    State("administration/fordeling", "figures", "/administration/fordeling", by="karen.kontakt"),
    State("administration/servicemaal", "targets", "/administration/servicemaal", by="karen.kontakt"),
    State("administration/svarregler", "rules", "/administration/svarregler", by="edith.editor"),
    State("administration/standardsvar", "all", "/administration/standardsvar", by="edith.editor"),
    State("administration/standardsvar", "nothing matches", "/administration/standardsvar?q=qqxzy", by="edith.editor"),
    State(
        "administration/standardsvar/<str:language>/<str:code>",
        "new",
        "/administration/standardsvar/da/ny",
        by="edith.editor",
    ),
    State("administration/materialer", "all", "/administration/materialer", by="edith.editor"),
    State("administration/materialer", "none", "/administration/materialer?opgave=T-999", by="edith.editor"),
    State("administration/opmaerksomhed", "everything", "/administration/opmaerksomhed", by="karen.kontakt"),
    State("administration/drift", "how everything is", "/administration/drift", by="drude.drift"),
    State("ledelse", "the floor", "/ledelse", by="karen.kontakt"),
    State("ledelse", "not theirs", "/ledelse", by="mille.miljoe", status=404),
    State("ledelse/hvorfor/<uuid:item_id>", "in hand", "/ledelse/hvorfor/{in_hand}", by="karen.kontakt"),
]
CATALOGUE = [
    State("administration/opgaver", "every task", "/administration/opgaver", by="edith.editor"),
    State("administration/opgaver", "none fits", "/administration/opgaver?q=xyzzyx", by="edith.editor"),
    State("administration/opgaver/<str:task>", "to edit", "/administration/opgaver/T-117", by="edith.editor"),
    State("administration/opgaver/<str:task>", "to read", "/administration/opgaver/T-029", by="karen.kontakt"),
    State(
        "administration/opgaver/<str:task>", "not there", "/administration/opgaver/T-999", by="edith.editor", status=404
    ),
    State(
        "administration/opgaver/<str:task>",
        "a level without a legal basis",
        "/administration/opgaver/T-110",
        by="edith.editor",
        fill={"#lovgrundlag": ""},
        press="#placering .button-primary",
        status=422,
    ),
    State("administration/postkasser", "the older addresses", "/administration/postkasser", by="karen.kontakt"),
    State("administration/snitflader", "the table", "/administration/snitflader", by="edith.editor"),
    State("administration/snitflader", "none fits", "/administration/snitflader?kun=egne", by="edith.editor"),
]
TABLE = [*SITE, *WEBFORM, *LOGIN, *DEMO, *DESK, *ADMINISTRATION, *CATALOGUE]

RIGHTS = [
    State("administration/rettigheder", "what waits", "/administration/rettigheder", by=LEADER),
    State("administration/rettigheder", "found", "/administration/rettigheder?q=agnes", by=LEADER),
    State("administration/rettigheder", "nothing found", "/administration/rettigheder?q=qqxzy", by=LEADER),
    State("administration/rettigheder", "not theirs", "/administration/rettigheder", by="karen.kontakt", status=404),
    State(
        "administration/rettigheder/medarbejdere/<int:employee_id>",
        "rights and reasons",
        "/administration/rettigheder/medarbejdere/1",
        by=LEADER,
    ),
    State(
        "administration/rettigheder/medarbejdere/<int:employee_id>",
        "not there",
        "/administration/rettigheder/medarbejdere/999999",
        by=LEADER,
        status=404,
    ),
    State(
        "administration/rettigheder/opgaver/<str:code>",
        "who may",
        "/administration/rettigheder/opgaver/T-076",
        by=LEADER,
    ),
    State(
        "administration/rettigheder/opgaver/<str:code>",
        "nobody so high",
        "/administration/rettigheder/opgaver/T-076?niveau=3&q=qqxzy",
        by=LEADER,
    ),
    State("administration/rettigheder/tildel", "nobody chosen", "/administration/rettigheder/tildel", by=LEADER),
    State("administration/rettigheder/tildel", "people of a unit", "/administration/rettigheder/tildel?q=a", by=LEADER),
    State(
        "administration/rettigheder/tildel/se",
        "preview",
        "/administration/rettigheder/tildel?q=agnes&opgaver=T-076",
        by=LEADER,
        press="label[for^=konto-], form.admin-form button",
    ),
    State(
        "administration/rettigheder/tildel/se",
        "nobody chosen",
        "/administration/rettigheder/tildel?q=agnes",
        by=LEADER,
        press="form.admin-form button",
        status=422,
    ),
    State("administration/rettigheder/udloeber", "none", "/administration/rettigheder/udloeber", by=LEADER),
    State("administration/rettigheder/rapporter", "none", "/administration/rettigheder/rapporter", by=LEADER),
    State("administration/rettigheder/opslag", "all", "/administration/rettigheder/opslag", by=LEADER),
    State(
        "administration/rettigheder/opslag", "refused", "/administration/rettigheder/opslag?udfald=refused", by=LEADER
    ),
    State("administration/rettigheder/grunde", "a week", "/administration/rettigheder/grunde", by=LEADER),
    State("administration/rettigheder/usaedvanlige", "a week", "/administration/rettigheder/usaedvanlige", by=LEADER),
    State("administration/rettigheder/videregivelser", "none", "/administration/rettigheder/videregivelser", by=LEADER),
    State("administration/rettigheder/instruks", "text", "/administration/rettigheder/instruks", by=LEADER),
    State("administration/rettigheder/regler", "in force", "/administration/rettigheder/regler", by=LEADER),
]
TABLE += RIGHTS

# Addresses that show no page of their own, and why.
NO_SCREEN = {
    "administration/rettigheder/opslag/hent": "a download",
    "administration/rettigheder/regler/to-trin": "leads to administration/rettigheder",
    "administration/rettigheder/regler/kontakt": "leads to administration/rettigheder",
    "administration/rettigheder/instruks/udgiv": "leads to administration/rettigheder",
    "administration/rettigheder/videregivelser/skriv": "leads to administration/rettigheder",
    "administration/rettigheder/usaedvanlige/regel": "leads to administration/rettigheder",
    "administration/rettigheder/grunde/gennemgaa": "leads to administration/rettigheder",
    "administration/rettigheder/opslag/borger": "leads to administration/rettigheder",
    "administration/rettigheder/rapporter/<int:report_id>": "leads to administration/rettigheder",
    "administration/rettigheder/forlaeng": "leads to administration/rettigheder",
    "administration/rettigheder/fratag/<int:authorisation_id>": "leads to administration/rettigheder",
    "administration/rettigheder/medarbejdere/<int:employee_id>/app": "leads to administration/rettigheder",
    "administration/rettigheder/medarbejdere/<int:employee_id>/log-ud": "leads to administration/rettigheder",
    "administration/postkasser/gem": "leads to administration/postkasser",
    "administration/snitflader.csv": "a download",
    "was": "leads to tilgaengelighed",
    "was/": "leads to tilgaengelighed",
    "sprog": "leads back to the page",
    "log-ud": "leads to the front page",
    "log-ind/kode": "a step of a login under way; access.tests.test_two_steps walks it",
    "log-ind/app": "a step of a login under way; access.tests.test_two_steps walks it",
    "log-ind/instruks": "a step of a login under way; access.tests.test_two_steps walks it",
    "log-ind/videre": "leads on",
    "log-ind/faelles": "leads to the common login",
    "log-ind/faelles/svar": "leads on",
    "log-ind/to-trin/til": "shows log-ind/to-trin or the recovery codes",
    "log-ind/to-trin/koder": "shows log-ind/to-trin or the recovery codes",
    "log-ind/to-trin/fra": "leads to log-ind/to-trin",
    "healthz": "for machines",
    "readyz": "for machines",
    "metrics": "for machines",
    "kontakt/forslag": "a part of kontakt",
    "borgerservice/adresser": "a part of borgerservice",
    "henvendelser/filer/<int:attachment_id>": "a download",
    "demo/postkasse/<str:mail_id>/html": "a frame of the letter",
    "arbejdsplads/arbejde": "a part of arbejdsplads",
    "arbejdsplads/tilstand": "leads to arbejdsplads",
    "arbejdsplads/naeste": "leads to arbejdsplads",
    "arbejdsplads/her": "a sign of life",
    "arbejdsplads/opgaver": "a part of arbejdsplads",
    "arbejdsplads/<uuid:item_id>/tag": "leads to arbejdsplads",
    "arbejdsplads/<uuid:item_id>/afvis": "leads to arbejdsplads",
    "arbejdsplads/<uuid:item_id>/samtale": "a part of arbejdsplads",
    "arbejdsplads/<uuid:item_id>/mail/<uuid:message_id>": "a frame of arbejdsplads",
    "arbejdsplads/<uuid:item_id>/kladde": "a part of arbejdsplads",
    "arbejdsplads/<uuid:item_id>/svar": "leads to arbejdsplads",
    "arbejdsplads/<uuid:item_id>/opgave": "leads to arbejdsplads",
    "arbejdsplads/<uuid:item_id>/borgere": "a part of arbejdsplads",
    "arbejdsplads/<uuid:item_id>/borger": "leads to arbejdsplads",
    "arbejdsplads/<uuid:item_id>/vent": "leads to arbejdsplads",
    "arbejdsplads/antal": "a part of arbejdsplads",
    "arbejdsplads/ny": "leads to the new contact",
    "arbejdsplads/henvendelser/<uuid:contact_id>/historik": "a part of arbejdsplads",
    "arbejdsplads/henvendelser/<uuid:contact_id>/tidslinje/<uuid:person_id>": "a part of arbejdsplads",
    "arbejdsplads/henvendelser/<uuid:contact_id>/omkring/<uuid:person_id>": "a part of arbejdsplads",
    "arbejdsplads/forslag-og-klager/<uuid:complaint_id>": "leads to arbejdsplads/forslag-og-klager",
    "arbejdsplads/<uuid:item_id>/fortryd/<uuid:message_id>": "leads to the contact",
    "arbejdsplads/<uuid:item_id>/taler-for": "leads to the contact",
    "arbejdsplads/<uuid:item_id>/sammenlaeg": "leads to the contact",
    "arbejdsplads/<uuid:item_id>/skil-igen": "leads to the contact",
    "arbejdsplads/<uuid:item_id>/ringet": "leads to the contact",
    "arbejdsplads/<uuid:item_id>/tag-tilbage": "leads to the contact",
    "arbejdsplads/post/<uuid:raw_id>/mail.eml": "a download",
    "arbejdsplads/post/<uuid:raw_id>/igen": "leads to arbejdsplads/post",
    "arbejdsplads/post/<uuid:raw_id>/laeg-vaek": "leads to arbejdsplads/post",
    "administration/aendringer/<uuid:change_id>/fortryd": "leads to administration/aendringer",
    "administration/kompetencer/celle": "leads to administration/kompetencer",
    "administration/kompetencer/flere": "leads to administration/kompetencer",
    "administration/medarbejdere/<int:employee_id>/kort": "leads to administration/medarbejdere",
    "administration/medarbejdere/<int:employee_id>/stedfortraeder": "leads to administration/medarbejdere",
    "administration/medarbejdere/<int:employee_id>/stedfortraeder/slut": "leads to administration/medarbejdere",
    "administration/medarbejdere/<int:employee_id>/kursus": "leads to administration/medarbejdere",
    "administration/medarbejdere/<int:employee_id>/kursus/fjern": "leads to administration/medarbejdere",
    "administration/aabningstider/ny": "leads to administration/aabningstider",
    "administration/aabningstider/dage/gem": "leads to administration/aabningstider/dage",
    "administration/aabningstider/dage/fjern": "leads to administration/aabningstider/dage",
    "administration/aabningstider/dage/lukkedag": "leads to administration/aabningstider/dage",
    "administration/omskiftere/saet": "leads to administration/omskiftere",
    "administration/noegler/ny": "leads to administration/noegler",
    "administration/noegler/luk": "leads to administration/noegler",
    "administration/fordeling/gem": "leads to administration/fordeling",
    "administration/servicemaal/saet": "leads to administration/servicemaal",
    "administration/svarregler/gem": "leads to administration/svarregler",
    "administration/standardsvar/<str:language>/<str:code>/gem": "leads to administration/standardsvar",
    "administration/standardsvar/<str:language>/<str:code>/fjern": "leads to administration/standardsvar",
    "administration/opmaerksomhed/igen": "leads to administration/opmaerksomhed",
    "administration/opmaerksomhed/<int:parcel_id>/igen": "leads to administration/opmaerksomhed",
    "administration/opmaerksomhed/<int:parcel_id>/traek-tilbage": "leads to administration/opmaerksomhed",
}

"""The addresses of the desks that show nobody from outside, for the drill that judges every address."""

SETTINGS = (
    "aabningstider", "aabningstider/<str:unit>/<str:channel>", "aabningstider/<str:unit>/<str:channel>/uge",
    "aabningstider/<str:unit>/<str:channel>/lukket",
    "aabningstider/dage", "aabningstider/dage/fjern", "aabningstider/dage/gem", "aabningstider/dage/lukkedag",
    "aabningstider/ny", "aendringer", "aendringer/<uuid:change_id>/fortryd", "drift", "fordeling", "fordeling/gem",
    "fordeling/lister", "fordeling/lister/<str:kind>", "kompetencer", "kompetencer/celle", "kompetencer/flere",
    "materialer", "materialer/gem", "medarbejdere", "medarbejdere/<int:employee_id>",
    "medarbejdere/<int:employee_id>/kort", "medarbejdere/<int:employee_id>/kursus",
    "medarbejdere/<int:employee_id>/kursus/fjern", "medarbejdere/<int:employee_id>/stedfortraeder",
    "medarbejdere/<int:employee_id>/stedfortraeder/slut", "medarbejdere/besked/<int:notice_id>", "medarbejdere/ny",
    "medarbejdere/<int:employee_id>/inviter",
    "medarbejdere/ny/ansaet", "noegler", "noegler/luk", "noegler/ny", "omskiftere", "omskiftere/saet", "opgaver",
    "opgaver/<str:task>", "opgaver/<str:task>/central", "opgaver/<str:task>/delopgave",
    "opgaver/<str:task>/delopgave/slut", "opgaver/<str:task>/forvaltning", "opgaver/<str:task>/oplysninger",
    "opgaver/<str:task>/placering", "opgaver/<str:task>/plan", "opgaver/<str:task>/plan/traek-tilbage",
    "opgaver/<str:task>/principper", "opgaver/<str:task>/snit", "opgaver/<str:task>/snitflade", "opmaerksomhed",
    "opmaerksomhed/<int:parcel_id>/igen", "opmaerksomhed/<int:parcel_id>/traek-tilbage", "opmaerksomhed/igen",
    "opmaerksomhed/tilknytning/<uuid:tie_id>", "postkasser", "postkasser/gem", "rettigheder", "rettigheder/forlaeng",
    "rettigheder/fratag/<int:authorisation_id>", "rettigheder/instruks", "rettigheder/instruks/udgiv",
    "rettigheder/medarbejdere/<int:employee_id>", "rettigheder/medarbejdere/<int:employee_id>/app",
    "rettigheder/medarbejdere/<int:employee_id>/borger",
    "rettigheder/medarbejdere/<int:employee_id>/log-ud", "rettigheder/medarbejdere/<int:employee_id>/roller",
    "rettigheder/opgaver/<str:code>", "rettigheder/rapporter", "rettigheder/rapporter/<int:report_id>",
    "rettigheder/regler", "rettigheder/regler/to-trin", "rettigheder/tildel", "rettigheder/tildel/se",
    "rettigheder/udloeber", "kapacitet", "kapacitet/gem", "maal", "maal.csv", "servicemaal", "servicemaal/saet",
    "skranker", "skranker/gem", "snitflader",
    "snitflader.csv", "standardsvar", "standardsvar/<str:language>/<str:code>",
    "standardsvar/<str:language>/<str:code>/fjern", "standardsvar/<str:language>/<str:code>/gem", "svarregler",
    "svarregler/gem", "sagsregler", "sagsregler/gem",
)  # fmt: skip
LOOKS = (
    "grunde", "grunde/gennemgaa", "opslag", "opslag/borger", "opslag/hent", "usaedvanlige", "usaedvanlige/regel",
    "videregivelser", "videregivelser/skriv",
)  # fmt: skip
PORTAL = (
    "fund", "fund/intet", "livssituationer", "livssituationer/<str:event>", "myndigheder", "nyheder",
    "nyheder/<uuid:news_id>", "nyheder/<uuid:news_id>/laest", "nyheder/<uuid:news_id>/ret",
    "nyheder/<uuid:news_id>/traek-tilbage", "nyheder/gem", "nyheder/ny", "opgaver", "opgaver/<str:task>",
    *(f"opgaver/<str:task>/{one}" for one in ("bogmaerke", "melding", "send", "svarede", "visning")),
    "redaktion", "redaktion/<str:task>",
    *(
        f"redaktion/<str:task>/{one}"
        for one in ("gem", "godkend", "indsend", "konflikt", "retur", "rul-tilbage", "udgaver")
    ),
    "redaktion/indlaes", "redaktion/kort.zip", "redaktion/meldinger/<uuid:feedback_id>", "redaktion/ny-opgave",
    "redaktion/ny-opgave/opret", "satser", "set", "svar/<uuid:feedback_id>/set",
)  # fmt: skip
OWN_PLAN = (
    "adresse", "adresse/luk", "kalender.ics", "kalender/<str:secret>.ics", "oensker",
)  # fmt: skip
PLANNING = (
    "arbejde/<uuid:run_id>", "arbejde/<uuid:run_id>/<str:table>.csv", "arbejde/<uuid:run_id>/annuller",
    "arbejde/<uuid:run_id>/fremdrift", "arbejde/<uuid:run_id>/igen",
    "arbejde/<uuid:run_id>/kalender/<int:number>.ics", "arbejde/<uuid:run_id>/regneark.xlsx", "bemanding",
    "bemanding/bestil", "formler/<str:name>", "kapacitet", "kapacitet/centre", "kapacitet.xlsx", "oekonomi",
    "oekonomi.xlsx", "prognose", "prognose/bestil", "sammenlign", "sammenlign/bestil", "tal", "tal/<uuid:set_id>",
    "simulering", "simulering/bestil",
    "tal/<uuid:set_id>/slet", "tal/egne", "tal/eksempel.csv", "tal/ny", "vagtplan", "vagtplan/bestil",
    "arbejde/<uuid:run_id>/udgiv", "arbejde/<uuid:run_id>/traek-tilbage", "medarbejdere", "medarbejdere/timer",
    "medarbejdere/<int:employee_id>", "medarbejdere/<int:employee_id>/gem",
)  # fmt: skip

"""The addresses of cases, for the drill that judges every address: which look at somebody, and which do not."""

_ONE = "arbejdsplads/sag/<str:number>"
_HERE = "arbejdsplads/sag/{number}"
_WHY = "henvendelse={contact}"  # the contact with the citizen is the purpose
_CITIZEN = "arbejdsplads/borger/<uuid:person_id>"
_ACCESS = "arbejdsplads/aktindsigt/<str:number>"
PERSONAL = {
    _CITIZEN: f"GET /arbejdsplads/borger/{{person}}?{_WHY}",
    _ONE: f"GET /{_HERE}?{_WHY}",
    f"{_ONE}/part/find": f"POST /{_HERE}/part/find?q={{name}}",
    "arbejdsplads/sager": "GET /arbejdsplads/sager?vis=alle",
}
GUARDED = {
    "api/v1/cases": "GET /api/v1/cases",
    "api/v1/cases/<number>": "GET /api/v1/cases/{number}",
    "api/v1/documents": "GET /api/v1/documents?q=brev",
    "arbejdsplads/sager/dokumenter": "GET /arbejdsplads/sager/dokumenter?q=brev",
    "api/v1/cases/<number>/decisions": "GET /api/v1/cases/{number}/decisions",
    f"{_CITIZEN}/indkomst": f"GET /arbejdsplads/borger/{{person}}/indkomst?{_WHY}",
    f"{_CITIZEN}/register/<str:code>": f"GET /arbejdsplads/borger/{{person}}/register/cpr?{_WHY}",
    **{
        f"{_ONE}/{part}": f"GET /{_HERE}/{part}?{_WHY}"
        for part in (
            *("afgoerelse", "brev", "forloeb", "genoptag", "hoering", "journal", "klage", "kort", "ny-svarfrist"),
            *("oplysninger", "bevaring", "svarfrist", "afgoerelse/vaek"),
        )
    },
    f"{_ONE}/sag.zip": f"GET /{_HERE}/sag.zip",
    f"{_ONE}/afgoerelse/brev": f"GET /{_HERE}/afgoerelse/brev",
    f"{_ONE}/brev/<uuid:letter_id>/igen": f"GET /{_HERE}/brev/{{document}}/igen?{_WHY}",
    f"{_ONE}/hoering/<uuid:hearing_id>/mere-tid": f"GET /{_HERE}/hoering/{{document}}/mere-tid?{_WHY}",
    f"{_ONE}/afgoerelse/<uuid:decision_id>/tilbagekald": f"GET /{_HERE}/afgoerelse/{{document}}/tilbagekald?{_WHY}",
    f"{_ONE}/frist/<int:deadline_id>": f"GET /{_HERE}/frist/1?{_WHY}",
    f"{_ONE}/trin/<uuid:step_id>/af": f"GET /{_HERE}/trin/{{document}}/af?{_WHY}",
    f"{_ONE}/trin/<uuid:step_id>/giv": f"GET /{_HERE}/trin/{{document}}/giv?{_WHY}",
    f"{_ONE}/dokumenter/<uuid:document_id>/endeligt": f"GET /{_HERE}/dokumenter/{{document}}/endeligt?{_WHY}",
    f"{_ONE}/dokumenter/<uuid:document_id>/vaek": f"GET /{_HERE}/dokumenter/{{document}}/vaek?{_WHY}",
    f"{_ONE}/notat/<uuid:entry_id>": f"GET /{_HERE}/notat/{{document}}?{_WHY}",
    f"{_ONE}/dokumenter/<uuid:document_id>": f"GET /{_HERE}/dokumenter/{{document}}?{_WHY}",
    "arbejdsplads/<uuid:item_id>/sag": "GET /arbejdsplads/{item}/sag",
    "arbejdsplads/<uuid:item_id>/knyt": "GET /arbejdsplads/{item}/knyt",
    "arbejdsplads/henvendelser/<uuid:contact_id>/sager/<uuid:person_id>": (
        "GET /arbejdsplads/henvendelser/{contact}/sager/{person}"
    ),
}
_FORMS = tuple(  # a form, who else is here, what one typed oneself: nothing of a citizen is read
    f"{_ONE}/{part}"
    for part in (
        *(
            "afslut",
            "anden-sag",
            "behandler",
            "behandler/flere",
            "genstand",
            "her",
            "hvorfor",
            "overdrag",
            "oplysninger-fra-andre",
        ),
        *("part", "specialist", "trin", "vent", "videresend", "haendelse/<uuid:notice_id>"),
        *("hoering/<uuid:hearing_id>/svar", "hoering/<uuid:hearing_id>/tilbage", "klage/<uuid:complaint_id>/frist"),
        *("klage/<uuid:complaint_id>/vurdering", "udtalelse/<uuid:opinion_id>", "videresend/<uuid:forwarding_id>"),
        "udtalelse/<uuid:opinion_id>/tilbage",
    )
)
NOBODY = (f"{_CITIZEN}/hvorfor", f"{_ACCESS}/pakke/tilstand", *_FORMS)
PAPERS = (  # for other authorities: a look is written for each; here nobody has handed any in
    *("arbejdsplads/papirer", "arbejdsplads/papirer/ny"),
    *(f"arbejdsplads/papirer/<uuid:paper_id>/{one}" for one in ("videre", "svar")),
)
ROWS = (  # the titles of cases that are chosen, without a name; a look is written for each
    *("arbejdsplads/sager/giv", "arbejdsplads/sager/frist"),
    *("ledelse/sager", "ledelse/sager/se"),
)
REQUESTS = (  # of somebody who asked to see a case; here nobody has: cases.tests.test_access_log asks them
    *("arbejdsplads/aktindsigt", _ACCESS, f"{_ACCESS}/emne/<int:item_id>", f"{_ACCESS}/pakke.zip"),
    *(f"{_ACCESS}/{part}" for part in ("svar", "svar/brev", "fristbrev", "traek-tilbage")),
    f"{_ACCESS}/emne/<int:item_id>/side/<int:page>.png",
)
DISCARDED = (  # numbers of cases alone, or figures
    *("ledelse/sager/tal", "ledelse/sager/tal.csv"),
    *("arbejdsplads/aktindsigt/ny", "arbejdsplads/kassation", "arbejdsplads/kassation/<uuid:run_id>"),
    f"{_ONE}/arkiv",
)
CHANGES = (
    *(f"api/v1/cases/<number>/{one}" for one in ("documents", "hand-over", "notes", "opinions")),
    *(f"{_ACCESS}/{part}" for part in ("forslag", "pakke")),
    *(f"{_ACCESS}/emne/<int:item_id>/{part}" for part in ("valg", "daek", "sider")),
    "arbejdsplads/kassation/<uuid:run_id>/<str:what>",
    *("arbejdsplads/sager/fortryd", "ledelse/sager/flyt", "ledelse/sager/fortryd"),
    *(
        f"{_ONE}/{part}"
        for part in (
            *("afgoerelse/traef", "dokumenter", "kladde", "notat", "videre", "part/<int:party_id>/slut"),
            *("dokumenter/<uuid:document_id>/internt", "dokumenter/<uuid:document_id>/udgave"),
            *("brev/<uuid:letter_id>/tilbage", "trin/<uuid:step_id>/gjort"),
            *("anden-sag/fjern", "behandler/<int:employee_id>/slut", "fortryd", "genstand/<int:object_id>/fjern"),
        )
    ),
)

"""The screens of planning in their states; how to read the table stands in tests/states.py.

Results are looked at by the planner's journey, which makes them.
"""

from tests.state import State

_NOBODY = "00000000-0000-0000-0000-000000000007"
_BY = "karen.kontakt"
PLANNING = [
    State("planlaegning", "the steps", "/planlaegning", by=_BY),
    State("planlaegning", "not theirs", "/planlaegning", by="mille.miljoe", status=404),
    State("planlaegning/tal", "read in, and the form", "/planlaegning/tal", by=_BY),
    State(
        "planlaegning/tal/ny",
        "nothing chosen",
        "/planlaegning/tal",
        by=_BY,
        press="#indhold form .button-primary",
        status=422,
    ),
    State("planlaegning/tal/<uuid:set_id>", "not there", f"/planlaegning/tal/{_NOBODY}", by=_BY, status=404),
    State("planlaegning/prognose", "which counts", "/planlaegning/prognose", by=_BY),
    State("planlaegning/bemanding", "which forecast", "/planlaegning/bemanding", by=_BY),
    State("planlaegning/sammenlign", "which ways", "/planlaegning/sammenlign", by=_BY),
    State("planlaegning/simulering", "which staffing and day", "/planlaegning/simulering", by=_BY),
    State("planlaegning/vagtplan", "which need", "/planlaegning/vagtplan", by=_BY),
    State("planlaegning/medarbejdere", "whose hours", "/planlaegning/medarbejdere", by=_BY),
    State("planlaegning/medarbejdere", "not theirs", "/planlaegning/medarbejdere", by="mille.miljoe", status=404),
    State(
        "planlaegning/medarbejdere/<int:employee_id>",
        "not theirs",
        "/planlaegning/medarbejdere/999999",
        by=_BY,
        status=404,
    ),
    State("min-vagtplan", "an employee's own", "/min-vagtplan", by="agnes.agent"),
    State(
        "min-vagtplan/oensker",
        "no day",
        "/min-vagtplan",
        by="agnes.agent",
        fill={"#dage": "aldrig"},
        press='form[action="/min-vagtplan/oensker"] button',
        status=422,
    ),
    State("planlaegning/arbejde/<uuid:run_id>", "not there", f"/planlaegning/arbejde/{_NOBODY}", by=_BY, status=404),
    State("planlaegning/oekonomi", "budgets", "/planlaegning/oekonomi", by=_BY),
    State(
        "planlaegning/oekonomi",
        "a change that pays",
        "/planlaegning/oekonomi?investering=1000&drift=0+100&besparelse=0+600+600&rente=3",
        by=_BY,
    ),
    State("planlaegning/oekonomi", "no amount", "/planlaegning/oekonomi?besparelse=mange&rente=3", by=_BY, status=422),
    State("planlaegning/kapacitet", "table 2", "/planlaegning/kapacitet", by=_BY),
    State("planlaegning/kapacitet", "no number of centres", "/planlaegning/kapacitet?antal=mange", by=_BY),
    State("planlaegning/formler/<str:name>", "how staffing is made", "/planlaegning/formler/staffing", by=_BY),
    State("planlaegning/formler/<str:name>", "not there", "/planlaegning/formler/findes-ikke", by=_BY, status=404),
]

NO_SCREEN = {
    "planlaegning/tal/egne": "leads to planlaegning/tal",
    "planlaegning/tal/eksempel.csv": "a file",
    "planlaegning/tal/<uuid:set_id>/slet": "leads to planlaegning/tal",
    "planlaegning/prognose/bestil": "leads to planlaegning/arbejde",
    "planlaegning/bemanding/bestil": "leads to planlaegning/arbejde",
    "planlaegning/sammenlign/bestil": "leads to planlaegning/arbejde",
    "planlaegning/simulering/bestil": "leads to planlaegning/arbejde",
    "planlaegning/vagtplan/bestil": "leads to planlaegning/arbejde",
    "planlaegning/arbejde/<uuid:run_id>/fremdrift": "a part of planlaegning/arbejde",
    "planlaegning/arbejde/<uuid:run_id>/annuller": "leads to planlaegning/arbejde",
    "planlaegning/arbejde/<uuid:run_id>/igen": "leads to planlaegning/arbejde",
    "planlaegning/arbejde/<uuid:run_id>/<str:table>.csv": "a file",
    "planlaegning/arbejde/<uuid:run_id>/regneark.xlsx": "a file",
    "planlaegning/arbejde/<uuid:run_id>/kalender/<int:number>.ics": "a file",
    "planlaegning/arbejde/<uuid:run_id>/udgiv": "leads to planlaegning/arbejde",
    "planlaegning/arbejde/<uuid:run_id>/traek-tilbage": "leads to planlaegning/arbejde",
    "planlaegning/medarbejdere/timer": "leads to planlaegning/medarbejdere",
    "planlaegning/medarbejdere/<int:employee_id>/gem": "leads to planlaegning/medarbejdere",
    "min-vagtplan/adresse": "leads to min-vagtplan",
    "min-vagtplan/adresse/luk": "leads to min-vagtplan",
    "min-vagtplan/kalender.ics": "a file",
    "min-vagtplan/kalender/<str:secret>.ics": "a file",
    "planlaegning/oekonomi.xlsx": "a file",
    "planlaegning/kapacitet/centre": "leads to planlaegning/kapacitet",
    "planlaegning/kapacitet.xlsx": "a file",
}

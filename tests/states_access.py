"""The screens of access to documents and of deletion."""

from tests.state import State

ONE = "arbejdsplads/aktindsigt/<str:number>"
HERE = "/arbejdsplads/aktindsigt/{access}"
BY = "poula.pension"  # the case asked about is in her hands, and so is the request
ACCESS = [
    State("arbejdsplads/aktindsigt", "open ones", "/arbejdsplads/aktindsigt", by=BY),
    State("arbejdsplads/aktindsigt", "none answered", "/arbejdsplads/aktindsigt?vis=besvarede", by=BY),
    State("arbejdsplads/aktindsigt/ny", "empty", "/arbejdsplads/aktindsigt/ny", by=BY),
    State("arbejdsplads/aktindsigt/ny", "of a case", "/arbejdsplads/aktindsigt/ny?sag={case}", by=BY),
    State(
        "arbejdsplads/aktindsigt/ny", "nothing chosen", "/arbejdsplads/aktindsigt/ny", by=BY,
        press="#ny-aktindsigt button[type=submit]", status=422,
    ),
    State(ONE, "what there is to give", HERE, by=BY),
    State(ONE, "not there", "/arbejdsplads/aktindsigt/findes-ikke", by=BY, status=404),
    State(f"{ONE}/svar", "empty", f"{HERE}/svar", by=BY),
    State(f"{ONE}/fristbrev", "empty", f"{HERE}/fristbrev", by=BY),
    State(f"{ONE}/traek-tilbage", "empty", f"{HERE}/traek-tilbage", by=BY),
    State("arbejdsplads/kassation", "no lists", "/arbejdsplads/kassation", by="drude.drift"),
]  # fmt: skip
NO_SCREEN = {
    f"{ONE}/forslag": "leads to the request",
    f"{ONE}/emne/<int:item_id>": "needs a paper; journeys.test_access_to_documents covers two",
    f"{ONE}/emne/<int:item_id>/valg": "leads to the request",
    f"{ONE}/emne/<int:item_id>/daek": "leads to the paper",
    f"{ONE}/emne/<int:item_id>/sider": "leads to the paper",
    f"{ONE}/emne/<int:item_id>/side/<int:page>.png": "a picture",
    f"{ONE}/pakke": "leads to the request",
    f"{ONE}/pakke/tilstand": "a part of the request",
    f"{ONE}/pakke.zip": "a file",
    f"{ONE}/svar/brev": "a PDF",
    "arbejdsplads/sag/<str:number>/sag.zip": "a file",
    "arbejdsplads/kassation/<uuid:run_id>": "needs a list; workplace.tests.test_access_pages approves one",
    "arbejdsplads/kassation/<uuid:run_id>/<str:what>": "leads to the list",
}

"""The screens of the portal in their states; how to read the table stands in tests/states.py."""

from tests.state import FORM, State

AGENT, EDITOR, OWNER, MANAGER = "agnes.agent", "edith.editor", "poula.pension", "karen.kontakt"
_NEWS_FORM = "#indhold form[action$='/nyheder/gem']"
_NEWS = {"#title": "Ny frist for varmetillæg", "#body": "Fra mandag gælder den nye frist."}

PORTAL = [
    State("portal", "what is new", "/portal", by=AGENT),
    State("portal", "found", "/portal?q=min+mor+kan+ikke+betale+varmen", by=AGENT),
    State("portal", "nothing found", "/portal?q=qqxzy", by=AGENT),
    State("portal/opgaver", "every task", "/portal/opgaver", by=AGENT),
    State("portal/opgaver", "new ones of the state", "/portal/opgaver?ny=1&stat=1", by=AGENT),
    State("portal/opgaver", "none fits", "/portal/opgaver?forvaltning=findes-ikke", by=AGENT),
    State("portal/opgaver/<str:task>", "card", "/portal/opgaver/T-076", by=AGENT),
    State("portal/opgaver/<str:task>", "half way through its questions", "/portal/opgaver/T-121?svar=0", by=AGENT),
    State("portal/opgaver/<str:task>", "of an editor", "/portal/opgaver/T-121", by=EDITOR),
    State("portal/opgaver/<str:task>", "not there", "/portal/opgaver/T-999", by=AGENT, status=404),
    State(
        "portal/opgaver/<str:task>/melding", "thanked", "/portal/opgaver/T-121", by=AGENT,
        fill={"#tekst": "Fristen mangler."}, press="form[action$='/melding'] button",
    ),
    State("portal/livssituationer", "all", "/portal/livssituationer", by=AGENT),
    State("portal/livssituationer/<str:event>", "check-list", "/portal/livssituationer/divorce", by=AGENT),
    State(
        "portal/livssituationer/<str:event>", "not there", "/portal/livssituationer/findes-ikke", by=AGENT, status=404
    ),
    State("portal/nyheder", "in force", "/portal/nyheder", by=AGENT),
    State("portal/nyheder", "of a writer, all", "/portal/nyheder?arkiv=1", by=MANAGER),
    State("portal/nyheder/ny", "empty", "/portal/nyheder/ny", by=MANAGER),
    State(
        "portal/nyheder/gem", "last day before the first", "/portal/nyheder/ny", by=MANAGER, status=422,
        fill={**_NEWS, "#end": "2020-01-01"}, press=f"{_NEWS_FORM} button",
    ),
    State(
        "portal/nyheder/<uuid:news_id>", "an instruction just written", "/portal/nyheder/ny", by=MANAGER,
        fill=_NEWS, press=f"{_NEWS_FORM} button",
    ),
    State("portal/myndigheder", "all", "/portal/myndigheder", by=AGENT),
    State("portal/myndigheder", "none fits", "/portal/myndigheder?q=qqxzy", by=AGENT),
    State("portal/satser", "of a day", "/portal/satser?dag=2026-03-01", by=AGENT),
    State("portal/fund", "a month", "/portal/fund", by=MANAGER),
    State("portal/redaktion", "overview", "/portal/redaktion", by=EDITOR),
    State("portal/redaktion", "to look at", "/portal/redaktion?liste=ses-paa", by=EDITOR),
    State("portal/redaktion", "to fill in", "/portal/redaktion?liste=felter", by=EDITOR),
    State("portal/redaktion", "remarks", "/portal/redaktion?liste=meldinger", by=EDITOR),
    State("portal/redaktion", "nothing planned", "/portal/redaktion?liste=planlagte", by=EDITOR),
    State("portal/redaktion/<str:task>", "fields", "/portal/redaktion/T-121", by=EDITOR),
    State("portal/redaktion/<str:task>", "the whole file", "/portal/redaktion/T-121?raa=1", by=EDITOR),
    State("portal/redaktion/<str:task>", "only to approve", "/portal/redaktion/T-076", by=OWNER),
    State(
        "portal/redaktion/<str:task>/gem", "faults", "/portal/redaktion/T-121", by=EDITOR, status=422,
        fill={"#related": "T-1", "#why": "Prøve"}, press="button[name=gem]",
    ),
    State("portal/redaktion/<str:task>/udgaver", "history", "/portal/redaktion/T-121/udgaver", by=EDITOR),
    State("portal/redaktion/ny-opgave", "empty", "/portal/redaktion/ny-opgave", by=EDITOR),
    State(
        "portal/redaktion/ny-opgave/opret", "already there", "/portal/redaktion/ny-opgave", by=EDITOR, status=409,
        fill={"#title": "Folkepension"}, press=f"{FORM}[action$='/opret'] button",
    ),
]  # fmt: skip
NO_SCREEN = {
    "portal/set": "leads to portal",
    "portal/opgaver/<str:task>/bogmaerke": "leads back to the card",
    "portal/opgaver/<str:task>/visning": "leads to the card",
    "portal/opgaver/<str:task>/svarede": "leads to the card",
    "portal/opgaver/<str:task>/send": "leads to the card",
    "portal/nyheder/<uuid:news_id>/laest": "leads back",
    "portal/nyheder/<uuid:news_id>/ret": "the form of portal/nyheder/ny with what stands",
    "portal/nyheder/<uuid:news_id>/traek-tilbage": "leads to portal/nyheder",
    "portal/fund/intet": "leads to portal",
    "portal/svar/<uuid:feedback_id>/set": "leads to portal",
    "portal/redaktion/kort.zip": "a download",
    "portal/redaktion/indlaes": "what was taken in, or the faults; portal.tests.test_editing walks it",
    "portal/redaktion/meldinger/<uuid:feedback_id>": "leads to portal/redaktion",
    "portal/redaktion/<str:task>/indsend": "leads to the card's editor",
    "portal/redaktion/<str:task>/godkend": "leads to the card's editor",
    "portal/redaktion/<str:task>/retur": "leads to the card's editor",
    "portal/redaktion/<str:task>/rul-tilbage": "leads to portal/redaktion/<str:task>/udgaver",
    "portal/redaktion/<str:task>/konflikt": "leads to the card's editor",
    "arbejdsplads/<uuid:item_id>/kort/<str:task>": "a part of arbejdsplads",
    "arbejdsplads/<uuid:item_id>/kort/<str:task>/svarede": "a part of arbejdsplads",
}

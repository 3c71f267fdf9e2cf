"""Addresses of the security leader's desk."""

from django.urls import URLPattern, path

from indgang.desks.administration import rights_grant_views as grants
from indgang.desks.administration import rights_look_views as looks
from indgang.desks.administration import rights_rule_views as rules
from indgang.desks.administration import rights_views as rights

HERE = "administration/rettigheder"
urlpatterns: list[URLPattern] = [
    path(HERE, rights.overview, name="rights"),
    path(f"{HERE}/medarbejdere/<int:employee_id>", rights.person, name="rights_person"),
    path(f"{HERE}/medarbejdere/<int:employee_id>/log-ud", rights.end_sessions, name="rights_end_sessions"),
    path(f"{HERE}/medarbejdere/<int:employee_id>/roller", rights.set_roles, name="rights_set_roles"),
    path(f"{HERE}/medarbejdere/<int:employee_id>/borger", rights.link_citizen, name="rights_link_citizen"),
    path(f"{HERE}/medarbejdere/<int:employee_id>/app", rights.drop_factor, name="rights_drop_factor"),
    path(f"{HERE}/opgaver/<str:code>", rights.task, name="rights_task"),
    path(f"{HERE}/tildel", grants.grant_form, name="rights_grant"),
    path(f"{HERE}/tildel/se", grants.grant, name="rights_grant_preview"),
    path(f"{HERE}/fratag/<int:authorisation_id>", grants.revoke, name="rights_revoke"),
    path(f"{HERE}/udloeber", grants.expiring, name="rights_expiring"),
    path(f"{HERE}/forlaeng", grants.renew, name="rights_renew"),
    path(f"{HERE}/rapporter", grants.reports, name="rights_reports"),
    path(f"{HERE}/rapporter/<int:report_id>", grants.report_seen, name="rights_report_seen"),
    path(f"{HERE}/opslag", looks.looks, name="rights_looks"),
    path(f"{HERE}/opslag/borger", looks.find_citizen, name="rights_find_citizen"),
    path(f"{HERE}/opslag/hent", looks.export, name="rights_export"),
    path(f"{HERE}/grunde", looks.reasons, name="rights_reasons"),
    path(f"{HERE}/grunde/gennemgaa", looks.review, name="rights_review"),
    path(f"{HERE}/usaedvanlige", looks.unusual, name="rights_unusual"),
    path(f"{HERE}/usaedvanlige/regel", looks.set_rule, name="rights_look_rule"),
    path(f"{HERE}/videregivelser", looks.disclosures, name="rights_disclosures"),
    path(f"{HERE}/videregivelser/skriv", looks.disclose, name="rights_disclose"),
    path(f"{HERE}/instruks", rules.instruction, name="rights_instruction"),
    path(f"{HERE}/instruks/udgiv", rules.publish, name="rights_publish"),
    path(f"{HERE}/regler", rules.rules, name="rights_rules"),
    path(f"{HERE}/regler/to-trin", rules.set_factor_roles, name="rights_factor_roles"),
]

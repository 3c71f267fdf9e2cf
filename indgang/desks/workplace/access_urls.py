"""Addresses of access to documents, of export and of deletion."""

from django.urls import path

from indgang.desks.workplace import access_answering, access_covering, access_discarding, access_views

ONE = "arbejdsplads/aktindsigt/<str:number>"
urlpatterns = [
    path("arbejdsplads/aktindsigt", access_views.listed, name="access-list"),
    path("arbejdsplads/aktindsigt/ny", access_views.new, name="access-new"),
    path(ONE, access_views.request_page, name="access"),
    path(f"{ONE}/forslag", access_views.gather, name="access-gather"),
    path(f"{ONE}/emne/<int:item_id>", access_covering.item, name="access-item"),
    path(f"{ONE}/emne/<int:item_id>/valg", access_covering.choose, name="access-choose"),
    path(f"{ONE}/emne/<int:item_id>/daek", access_covering.cover, name="access-cover"),
    path(f"{ONE}/emne/<int:item_id>/sider", access_covering.as_pages, name="access-as-pages"),
    path(f"{ONE}/emne/<int:item_id>/side/<int:page>.png", access_covering.image, name="access-image"),
    path(f"{ONE}/pakke", access_answering.pack, name="access-pack"),
    path(f"{ONE}/pakke/tilstand", access_answering.packing, name="access-packing"),
    path(f"{ONE}/pakke.zip", access_answering.package, name="access-package"),
    path(f"{ONE}/svar", access_answering.answer, name="access-answer"),
    path(f"{ONE}/svar/brev", access_answering.letter, name="access-letter"),
    path(f"{ONE}/fristbrev", access_answering.hold, name="access-hold"),
    path(f"{ONE}/traek-tilbage", access_answering.withdraw, name="access-withdraw"),
    path("arbejdsplads/sag/<str:number>/sag.zip", access_answering.export, name="case-export"),
    path("arbejdsplads/kassation", access_discarding.reports, name="discard"),
    path("arbejdsplads/kassation/<uuid:run_id>", access_discarding.report, name="discard-report"),
    path("arbejdsplads/kassation/<uuid:run_id>/<str:what>", access_discarding.settle, name="discard-settle"),
]

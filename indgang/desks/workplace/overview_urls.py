"""Addresses of the overview of a citizen."""

from django.urls import path

from indgang.desks.workplace import income_pages, overview

ONE = "arbejdsplads/borger/<uuid:person_id>"
urlpatterns = [
    path(ONE, overview.citizen, name="citizen"),
    path(f"{ONE}/hvorfor", overview.reason, name="citizen-reason"),
    path(f"{ONE}/indkomst", income_pages.income, name="citizen-income"),
    path(f"{ONE}/register/<str:code>", overview.register, name="citizen-register"),
]

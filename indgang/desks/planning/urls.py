"""Addresses of planning; every verb its own view."""

from django.urls import path

from indgang.desks.planning import asking_views as asking
from indgang.desks.planning import capacity_views as capacities
from indgang.desks.planning import money_views as money
from indgang.desks.planning import roster_views as rosters
from indgang.desks.planning import staff_views as staff
from indgang.desks.planning import trial_views as trials
from indgang.desks.planning import views

app_name = "planning"
urlpatterns = [
    path("planlaegning", views.front, name="front"),
    path("planlaegning/tal", views.counts, name="counts"),
    path("planlaegning/tal/ny", views.add_counts, name="counts-add"),
    path("planlaegning/tal/egne", views.own_counts, name="counts-own"),
    path("planlaegning/tal/eksempel.csv", views.example_file, name="counts-example"),
    path("planlaegning/tal/<uuid:set_id>", views.count_set, name="count-set"),
    path("planlaegning/tal/<uuid:set_id>/slet", views.remove_counts, name="counts-remove"),
    path("planlaegning/prognose", asking.forecast, name="forecast"),
    path("planlaegning/prognose/bestil", asking.ask_forecast, name="forecast-ask"),
    path("planlaegning/bemanding", asking.staffing, name="staffing"),
    path("planlaegning/bemanding/bestil", asking.ask_staffing, name="staffing-ask"),
    path("planlaegning/sammenlign", asking.compare, name="compare"),
    path("planlaegning/sammenlign/bestil", asking.ask_compare, name="compare-ask"),
    path("planlaegning/simulering", trials.trial, name="trial"),
    path("planlaegning/simulering/bestil", trials.ask_trial, name="trial-ask"),
    path("planlaegning/arbejde/<uuid:run_id>", views.run, name="run"),
    path("planlaegning/arbejde/<uuid:run_id>/fremdrift", views.progress, name="run-progress"),
    path("planlaegning/arbejde/<uuid:run_id>/annuller", views.cancel, name="run-cancel"),
    path("planlaegning/arbejde/<uuid:run_id>/igen", views.again, name="run-again"),
    path("planlaegning/arbejde/<uuid:run_id>/<str:table>.csv", views.table_csv, name="run-table"),
    path("planlaegning/arbejde/<uuid:run_id>/regneark.xlsx", views.workbook, name="run-workbook"),
    path("planlaegning/vagtplan", rosters.roster, name="roster"),
    path("planlaegning/vagtplan/bestil", rosters.ask_roster, name="roster-ask"),
    path("planlaegning/arbejde/<uuid:run_id>/kalender/<int:number>.ics", rosters.calendar, name="roster-calendar"),
    path("planlaegning/arbejde/<uuid:run_id>/udgiv", staff.publish, name="roster-publish"),
    path("planlaegning/arbejde/<uuid:run_id>/traek-tilbage", staff.withdraw, name="roster-withdraw"),
    path("planlaegning/medarbejdere", staff.people, name="staff"),
    path("planlaegning/medarbejdere/timer", staff.keep_hours, name="staff-hours"),
    path("planlaegning/medarbejdere/<int:employee_id>", staff.person, name="staff-member"),
    path("planlaegning/medarbejdere/<int:employee_id>/gem", staff.keep_person, name="staff-keep"),
    path("min-vagtplan", staff.own, name="own"),
    path("min-vagtplan/oensker", staff.wish, name="own-wishes"),
    path("min-vagtplan/adresse", staff.open_calendar, name="own-address"),
    path("min-vagtplan/adresse/luk", staff.close_calendar, name="own-address-close"),
    path("min-vagtplan/kalender.ics", staff.own_calendar, name="own-calendar"),
    path("min-vagtplan/kalender/<str:secret>.ics", staff.subscribed, name="own-subscribed"),
    path("planlaegning/oekonomi", money.budgets, name="budgets"),
    path("planlaegning/oekonomi.xlsx", money.budgets_workbook, name="budgets-workbook"),
    path("planlaegning/kapacitet", capacities.capacity, name="capacity"),
    path("planlaegning/kapacitet/centre", capacities.keep_centres, name="capacity-centres"),
    path("planlaegning/kapacitet.xlsx", capacities.capacity_workbook, name="capacity-workbook"),
    path("planlaegning/formler/<str:name>", views.formula, name="formula"),
]

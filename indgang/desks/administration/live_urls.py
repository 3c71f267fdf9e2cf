"""Addresses of the leader's live view."""

from django.urls import URLPattern, path

from indgang.desks.administration import case_figures_views, case_load_views, live_views

urlpatterns: list[URLPattern] = [
    path("ledelse", live_views.floor, name="floor"),
    path("ledelse/nu", live_views.now, name="floor_now"),
    path("ledelse/flyt", live_views.move, name="floor_move"),
    path("ledelse/log-af/<int:employee_id>", live_views.sign_off, name="floor_sign_off"),
    path("ledelse/sager", case_load_views.load, name="case_load"),
    path("ledelse/sager/tal", case_figures_views.page, name="case_figures"),
    path("ledelse/sager/tal.csv", case_figures_views.as_csv, name="case_figures_csv"),
    path("ledelse/sager/se", case_load_views.look, name="case_load_look"),
    path("ledelse/sager/flyt", case_load_views.move, name="case_load_move"),
    path("ledelse/sager/fortryd", case_load_views.undo, name="case_load_undo"),
    path("ledelse/hvorfor/<uuid:item_id>", live_views.why, name="floor_why"),
]

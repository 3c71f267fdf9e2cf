"""Addresses of the public pages."""

from django.urls import path

from indgang.entrances.site import centre_cookie, machines, task_pages, views

app_name = "site"
urlpatterns = [
    path("", views.front, name="front"),
    path("opgaver", views.tasks, name="tasks"),
    path("opgaver/<str:code>", task_pages.task, name="task"),
    path("opgaver/<str:code>/spoergsmaal", task_pages.guide, name="guide"),
    path("borgerservice", views.centres, name="centres"),
    path("borgerservice/adresser", views.addresses, name="addresses"),
    path("borgerservice/mit-center", centre_cookie.choose, name="own_centre"),
    path("enheder/<str:code>", views.unit, name="unit"),
    path("aabningstider", views.opening_hours, name="opening_hours"),
    path("livssituationer/<str:code>", views.life_situation, name="life_situation"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
]

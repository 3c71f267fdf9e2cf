"""Addresses of the editor's task desk."""

from django.urls import URLPattern, path

from indgang.desks.administration import tasks_changes as verbs
from indgang.desks.administration import tasks_views as views

_TASK = "administration/opgaver/<str:task>"
urlpatterns: list[URLPattern] = [
    path("administration/opgaver", views.task_list, name="tasks"),
    path("administration/snitflader", views.interfaces, name="interfaces"),
    path("administration/snitflader.csv", views.interfaces_csv, name="interfaces-csv"),
    path(_TASK, views.task, name="task"),
    path(f"{_TASK}/oplysninger", verbs.set_facts, name="task-facts"),
    path(f"{_TASK}/placering", verbs.set_placing, name="task-placing"),
    path(f"{_TASK}/plan", verbs.set_plan, name="task-plan"),
    path(f"{_TASK}/plan/traek-tilbage", verbs.withdraw_plan, name="task-plan-withdraw"),
    path(f"{_TASK}/forvaltning", verbs.set_owner, name="task-owner"),
    path(f"{_TASK}/central", verbs.set_central, name="task-central"),
    path(f"{_TASK}/principper", verbs.set_principles, name="task-principles"),
    path(f"{_TASK}/snitflade", verbs.set_interface, name="task-interface"),
    path(f"{_TASK}/delopgave", verbs.keep_subtask, name="subtask"),
    path(f"{_TASK}/delopgave/slut", verbs.end_subtask, name="subtask-end"),
    path(f"{_TASK}/snit", verbs.set_cut, name="task-cut"),
]

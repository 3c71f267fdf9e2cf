"""Addresses of the editors' desk."""

from django.urls import URLPattern, path

from indgang.desks.portal import desk_views, editor_views, task_views

_DESK = "portal/redaktion"
_CARD = "portal/redaktion/<str:task>"
urlpatterns: list[URLPattern] = [
    path(_DESK, desk_views.desk, name="desk"),
    path(f"{_DESK}/kort.zip", desk_views.export, name="export"),
    path(f"{_DESK}/indlaes", desk_views.take_in, name="import"),
    path(f"{_DESK}/ny-opgave", task_views.new_task, name="new-task"),
    path(f"{_DESK}/ny-opgave/opret", task_views.add, name="add-task"),
    path(f"{_DESK}/meldinger/<uuid:feedback_id>", desk_views.answer_feedback, name="answer-feedback"),
    path(_CARD, editor_views.editor, name="edit"),
    path(f"{_CARD}/gem", editor_views.save, name="save"),
    path(f"{_CARD}/indsend", editor_views.submit, name="submit"),
    path(f"{_CARD}/godkend", editor_views.approve, name="approve"),
    path(f"{_CARD}/retur", editor_views.give_back, name="return"),
    path(f"{_CARD}/udgaver", editor_views.versions, name="versions"),
    path(f"{_CARD}/rul-tilbage", editor_views.roll_back, name="roll-back"),
    path(f"{_CARD}/konflikt", editor_views.dismiss, name="dismiss"),
]

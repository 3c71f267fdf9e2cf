"""Addresses of the workplace; every verb its own view."""

from django.urls import path

from indgang.desks.workplace import handling, views

app_name = "workplace"
urlpatterns = [
    path("arbejdsplads", views.desk, name="desk"),
    path("arbejdsplads/arbejde", views.work_list, name="work"),
    path("arbejdsplads/tilstand", views.set_state, name="state"),
    path("arbejdsplads/naeste", views.take_next, name="next"),
    path("arbejdsplads/her", views.alive, name="alive"),
    path("arbejdsplads/opgaver", views.find_tasks, name="find-tasks"),
    path("arbejdsplads/<uuid:item_id>", views.item, name="item"),
    path("arbejdsplads/<uuid:item_id>/tag", views.accept, name="accept"),
    path("arbejdsplads/<uuid:item_id>/afvis", views.decline, name="decline"),
    path("arbejdsplads/<uuid:item_id>/samtale", views.messages, name="messages"),
    path("arbejdsplads/<uuid:item_id>/mail/<uuid:message_id>", views.mail_frame, name="mail-frame"),
    path("arbejdsplads/<uuid:item_id>/kladde", handling.save_draft, name="draft"),
    path("arbejdsplads/<uuid:item_id>/svar", handling.reply, name="reply"),
    path("arbejdsplads/<uuid:item_id>/note", handling.add_note, name="note"),
    path("arbejdsplads/<uuid:item_id>/opgave", handling.set_tasks, name="tasks"),
    path("arbejdsplads/<uuid:item_id>/borgere", handling.find_person, name="find-person"),
    path("arbejdsplads/<uuid:item_id>/borger", handling.set_person, name="person"),
    path("arbejdsplads/<uuid:item_id>/overdrag", handling.transfer, name="transfer"),
    path("arbejdsplads/<uuid:item_id>/vent", handling.wait, name="wait"),
    path("arbejdsplads/<uuid:item_id>/afslut", handling.close, name="close"),
]

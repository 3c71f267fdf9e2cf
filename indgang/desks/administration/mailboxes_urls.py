"""Addresses of the municipality's mailboxes."""

from django.urls import URLPattern, path

from indgang.desks.administration import mailboxes_views

urlpatterns: list[URLPattern] = [
    path("administration/postkasser", mailboxes_views.mailboxes, name="mailboxes"),
    path("administration/postkasser/gem", mailboxes_views.save_mailbox, name="mailbox-save"),
]

"""The writer's status page by secret link, and the files of messages for employees."""

from django.urls import path

from indgang.core.contacts import views

app_name = "contacts"
urlpatterns = [
    path("status/<str:secret>", views.status, name="status"),
    path("henvendelser/filer/<int:attachment_id>", views.attachment, name="attachment"),
]

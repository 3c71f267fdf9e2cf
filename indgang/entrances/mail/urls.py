from django.urls import path

from indgang.entrances.mail import views

app_name = "mail"
urlpatterns = [
    path("demo/postkasse", views.mailbox, name="mailbox"),
    path("demo/postkasse/skriv", views.write, name="write"),
    path("demo/postkasse/<str:mail_id>", views.mailbox_mail, name="mailbox_mail"),
    path("demo/postkasse/<str:mail_id>/html", views.mailbox_html, name="mailbox_html"),
    path("arbejdsplads/post", views.attention, name="attention"),
    path("arbejdsplads/post/<uuid:raw_id>/mail.eml", views.raw, name="raw"),
    path("arbejdsplads/post/<uuid:raw_id>/igen", views.again, name="again"),
    path("arbejdsplads/post/<uuid:raw_id>/laeg-vaek", views.aside, name="aside"),
]

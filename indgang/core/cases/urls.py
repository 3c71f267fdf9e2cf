"""Files of documents and pictures of their pages."""

from django.urls import path

from indgang.core.cases import views

app_name = "cases"
urlpatterns = [
    path("dokumenter/<uuid:document_id>/v/<int:number>", views.download, name="document-file"),
    path("dokumenter/<uuid:document_id>/side/<int:number>.png", views.page, name="document-page"),
]

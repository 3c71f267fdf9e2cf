from django.urls import path

from indgang.foundation.registers import views

app_name = "registers"
urlpatterns = [
    path("demo/registre", views.overview, name="demo"),
    path("demo/registre/<str:system>/opfoersel", views.set_behaviour, name="demo-behaviour"),
    path("demo/registre/<str:system>/haendelse", views.make_happen, name="demo-happening"),
]

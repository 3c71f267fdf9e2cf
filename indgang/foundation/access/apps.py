from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "indgang.foundation.access"
    label = "access"
    insert_only = ("access_lookup",)  # the app role may add looks, never change or delete one

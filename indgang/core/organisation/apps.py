from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "indgang.core.organisation"
    label = "organisation"

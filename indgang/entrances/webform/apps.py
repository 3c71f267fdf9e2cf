from django.apps import AppConfig


class WebformConfig(AppConfig):
    name = "indgang.entrances.webform"
    label = "webform"

    def ready(self) -> None:
        from indgang.entrances.webform.services import named_files
        from indgang.foundation.runtime import services as runtime

        runtime.register_stored_files("webform", named_files)

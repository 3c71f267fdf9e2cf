from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "indgang.foundation.registers"
    label = "registers"

    def ready(self) -> None:
        from indgang.foundation.access import services as access
        from indgang.foundation.registers import feed
        from indgang.foundation.registers.health import probe
        from indgang.foundation.registers.port import PORTS
        from indgang.foundation.runtime import services as runtime

        access.register_purpose_verifier(feed.PURPOSE, feed.is_change)
        for code, port in PORTS.items():
            runtime.register_health_probe(code, probe(port.source))

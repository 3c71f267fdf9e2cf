from django.contrib.auth.backends import ModelBackend


class LockOutBackend(ModelBackend):
    """Replaced by H3."""

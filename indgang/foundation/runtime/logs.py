def configure(settings: dict[str, object]) -> None:
    """Replaced by H1."""

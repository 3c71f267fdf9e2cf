"""What one can do with letters."""

__all__: list[str] = []

"""What can be wrong with a command line that its syntax does not show."""

__all__ = ["WrongUsage"]


class WrongUsage(Exception):
    """An argument that fits nothing here; `str(error)` is one line with what would fit."""

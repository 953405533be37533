"""What is wrong with a text that is not FEEL."""


class FeelError(ValueError):
    """A text is not FEEL: what is wrong, and at which character (from 0) of the text."""

    def __init__(self, message: str, position: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.position = position


class OutOfDomain(ValueError):
    """A value is not one that an operator or function takes: the result is null, with this message."""

"""Why a bundle is not applied (yet)."""


class Problem(Exception):
    """`part` is the program concerned, `message` that program's own words."""

    def __init__(self, part: str, message: str) -> None:
        super().__init__(f"{part}: {message}")
        self.part = part
        self.message = message


class Failed(Problem):
    """Something is wrong; the host was left as it was."""


class Waiting(Problem):
    """Something that others bring is not there yet."""

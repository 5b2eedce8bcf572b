"""A package as one that ships models: two builders take weights, the rest does not."""


def large(weights: str = "imagenet") -> str:
    return weights


class Small:
    def __init__(self, pretrained: bool = False) -> None:
        self.pretrained = pretrained


def plain(width: int = 1) -> int:
    return width


def _own(weights: str = "none") -> str:
    return weights

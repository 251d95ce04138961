"""One module a target; a module is loaded when its target is asked for."""

from importlib import import_module

from fuzz.target import Target

NAMES = ("plain", "html", "records", "given", "annotate", "dates", "case", "exports")


def load(name: str) -> Target:
    """The target `name`."""
    found = import_module(f"fuzz.targets.{name}").TARGET
    if not isinstance(found, Target):
        raise TypeError(name)
    return found

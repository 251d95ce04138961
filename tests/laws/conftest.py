"""How hard the laws are tried: `check` on every change, `long` in `make bench-long`.

`python -m pytest tests/laws --hypothesis-profile=long -x -q`, or TOCSIN_LAWS=long.
"""

from hypothesis import HealthCheck, Phase, settings

# A shared machine may be slow to write a world; that says nothing of the law.
SLOW = (HealthCheck.too_slow,)
settings.register_profile("check", deadline=None, derandomize=True, max_examples=200, suppress_health_check=SLOW)
# Other examples in every run: what fails is printed so that it can be run again.
settings.register_profile(
    "long", deadline=None, derandomize=False, max_examples=5_000, print_blob=True, suppress_health_check=SLOW
)
# Says quickly that something fails, without making it small.
FIND = (Phase.explicit, Phase.generate)
settings.register_profile("first", settings.get_profile("check"), phases=FIND)

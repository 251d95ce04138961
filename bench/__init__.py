"""How good and how fast Tocsin is, measured through its public door and held above floors (DESIGN.md, STYLE.md 17).

    .venv/bin/python -m bench                 every measure, one table (`make bench`)
    .venv/bin/python -m bench --gate          the quick ones, as `make check` runs them
    .venv/bin/python -m bench --write-floors  raise the floors in bench/floors.json to what this run reached

Invariant: nothing here knows how Tocsin works. Pages go in through `tocsin read`, `demo` and the Python door, the
scorers of ../shared/tools judge what comes out, and a floor sinks only with a reason that is written down.
"""

"""Fuzzing of every door through which a stranger's bytes come in: `python -m fuzz --seconds N`.

Outside the package: nothing of it is installed, and no target needs atheris to be run on one input.
"""

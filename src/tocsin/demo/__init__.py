"""The bundled demonstration case: six pages about a crisis that never happened.

Every country, place, person, body, treaty and outlet in `pages/` is invented, and every sentence was
written for this package; any likeness to a real one is accidental. The files are data: nothing here runs.
"""

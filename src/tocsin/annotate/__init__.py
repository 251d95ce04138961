"""What the readers find on one page, one layer a module: sentences, names, times, who said what, who would do what.

Each stage is a pure function of the document and the layers that it requires; `pipeline.py` runs them and attaches what
they return.
"""

"""Tocsin keeps watch over a political crisis from press reports; every answer leads back to words on the page."""

__version__ = "0.1.0"

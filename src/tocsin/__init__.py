"""Tocsin keeps watch over a political crisis from press reports. Every answer leads back to the words on the page."""

__version__ = "0.1.0"

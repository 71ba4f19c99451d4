"""Screens re-drawn from their layout: SVG from the drawing that a screen's finding holds."""

from witnessmark.report.wireframe.draw import wireframe

__all__ = ["wireframe"]

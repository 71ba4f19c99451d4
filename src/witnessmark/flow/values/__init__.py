"""Texts and constants across methods, computed by a bounded interpreter; never with effects."""

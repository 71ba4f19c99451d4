"""Compiled loops over instructions and graphs."""

"""Schemas of the tables, by family."""

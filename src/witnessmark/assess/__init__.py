"""Findings held against provisions."""

"""Bytes to typed records with offsets; no idea of an app."""

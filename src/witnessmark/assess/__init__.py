"""Findings held against provisions of law; facts and readings stay apart."""

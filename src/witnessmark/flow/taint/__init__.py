"""Flows of data: where data about people comes in, what moves it, and where it leaves."""

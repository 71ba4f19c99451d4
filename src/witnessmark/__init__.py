"""witnessmark works backward from an app to the system behind it."""

__version__ = "0.1.0"

"""A case folder: written whole or not at all, and a log of what was done to it."""

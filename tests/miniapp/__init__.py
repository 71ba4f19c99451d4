"""Builds real, tiny, inert apps in memory, so that cases need no toolchain."""

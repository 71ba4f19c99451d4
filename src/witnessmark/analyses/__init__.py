"""One analysis, one file, one case."""

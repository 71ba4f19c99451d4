"""Tables derived from tables: hierarchy, entry points, calls, reach."""

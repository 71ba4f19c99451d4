"""DEX files as columns."""

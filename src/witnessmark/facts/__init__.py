"""An app as columnar tables."""

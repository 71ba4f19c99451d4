"""The frozen document and its forms."""

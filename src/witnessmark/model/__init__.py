"""The words that every layer speaks."""

"""Whose code and secrets are inside, who built it?"""

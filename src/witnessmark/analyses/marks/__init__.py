"""Whom or what does it sort, flag, compare, score?"""

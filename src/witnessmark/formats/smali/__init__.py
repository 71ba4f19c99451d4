"""Smali, the text in which apktool and baksmali write dex code.

Source: github.com/google/smali, wiki pages TypesMethodsAndFields and Registers, and its grammar.
"""

from witnessmark.formats.smali.read import read_smali

__all__ = ["read_smali"]

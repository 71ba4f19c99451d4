"""Java source, as decompilers and people write it, lowered to Dalvik-like instructions.

Source: The Java Language Specification, SE 17, docs.oracle.com/javase/specs.
"""

from witnessmark.formats.java.read import read_java

__all__ = ["read_java"]

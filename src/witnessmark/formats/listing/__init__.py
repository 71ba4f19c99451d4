"""Programs read from text: what a smali file and a Java file say, as one kind of listing.

A listing is assembled into dex bytes, so that everything above reads one kind of code; each
byte so made knows the span of the text it came from.
"""

"""The frozen document and its forms.

`document` freezes model objects into the bytes of findings.json and thaws them again; every
other module here sees that document only.
"""

"""Which records does it build and store?"""

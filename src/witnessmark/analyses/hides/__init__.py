"""What resists reading; what traces does it leave or erase?"""

"""What does it ask people, or ask its operator to enter about them?"""

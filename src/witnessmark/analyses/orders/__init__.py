"""What does it make its operator or the phone do?"""

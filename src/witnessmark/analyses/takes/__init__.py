"""What does it read from the device and its surroundings?"""

"""What leaves, to whom, in which form, protected how?"""

"""What code does with the forms of an app: which view is which, what it shows, where answers go."""

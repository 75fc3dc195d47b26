"""Manuscripts in Word and Markdown become copy."""

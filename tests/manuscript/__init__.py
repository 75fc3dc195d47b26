"""Tests of importing manuscripts in Word and Markdown."""

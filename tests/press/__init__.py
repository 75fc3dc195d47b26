"""Sheets and output conditions."""

"""Tests of the setting of type: text and style in, lines out; no brochure in sight."""

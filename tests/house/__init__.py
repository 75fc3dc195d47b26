"""Tests on the code itself: imports, frozen values, public names, and what committed files may contain."""

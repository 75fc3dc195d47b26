"""Approvals of pages: what was approved, by whom, and which pages must be looked at again."""

"""What must not come in: each attack is tried, and refused by name. SECURITY.md says what is promised."""

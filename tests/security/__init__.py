"""Tests of security: each attack is tried, and refused with a message. SECURITY.md describes the guarantees."""

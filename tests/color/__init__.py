"""Tests of profiles, conversion and ink."""

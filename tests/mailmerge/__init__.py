"""Tests of mail merge: reading tables of people, a file for each person, and one file for all."""

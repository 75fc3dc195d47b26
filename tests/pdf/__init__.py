"""Tests of PDF output: operators, pictures, fonts and colours."""

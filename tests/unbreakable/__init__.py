"""Tests of robustness: killed builds, full disks, shared caches; no file is lost."""

"""Benchmarks of speed and memory.

They report figures and ratios. They are not tests, because figures depend on the load of the machine.
"""

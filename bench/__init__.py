"""What the work costs: speed and memory, as figures and as ratios, never as tests that fail on a busy machine."""

"""The house itself: who may import whom, how long a room may grow, what may be written where."""

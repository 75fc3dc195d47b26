"""The bench itself: what it takes apart is still there."""

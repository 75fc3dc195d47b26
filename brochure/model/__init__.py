"""The values that pass between stages: galleys and display lists, and the context that blocks are set in."""

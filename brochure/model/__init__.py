"""Values passed between stages: galleys, display lists and the context that blocks are set in."""

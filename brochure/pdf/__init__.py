"""Paint: sheets into PDF. It decides nothing."""

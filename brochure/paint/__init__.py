"""Paint: sheets into PDF. The only room that imports reportlab; it decides nothing."""

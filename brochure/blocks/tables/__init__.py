"""What the table block is made of: cells, rows and column widths."""

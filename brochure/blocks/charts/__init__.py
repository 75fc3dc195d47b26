"""What the chart blocks share: axes, labels, legends and their canvas."""

"""SVG drawings, converted to filled outlines."""

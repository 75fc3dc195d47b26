"""Style sheets: the built-in styles, resolved styles and copyfitting ranges."""

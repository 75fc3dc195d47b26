"""The layout: YAML in, `Layout` out, every value knowing its file, line and column."""

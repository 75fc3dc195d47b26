"""Make-up: an edition's galleys into frames, frames onto pages."""

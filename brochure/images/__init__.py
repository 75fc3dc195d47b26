"""Image files: size, orientation and metadata, removing the metadata, and decoding to 8 bits."""

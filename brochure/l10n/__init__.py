"""Copy and editions: layout and words in, `Edition` out, with nothing left open."""

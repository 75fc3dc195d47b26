"""Images: what a file contains, read without decoding its pixels."""

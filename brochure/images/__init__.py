"""Images: metadata of image files, read without decoding their pixels."""

"""Copy from manuscripts: Word and Markdown files become messages; a newer manuscript updates them and keeps their keys."""

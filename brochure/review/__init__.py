"""Reviews: comments of reviewers in the project, and the files that they are imported from."""

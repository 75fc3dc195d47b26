"""Review: comments and verdicts that live in the project as plain files, and how those of reviewers come back."""

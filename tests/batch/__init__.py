"""The matrix: many editions in processes and on a cluster, and what stops them."""

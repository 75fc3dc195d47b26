"""Tests of builds of many editions: in several processes and on a cluster, and interrupted."""

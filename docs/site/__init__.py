"""The documentation as a web site: `make site` builds it with Sphinx."""

"""The documentation: text for people, and programs that generate the parts that depend on the code."""

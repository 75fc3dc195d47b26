"""The tests of the house, a folder a room."""

"""Bad input: files of every kind that the program reads, spoilt at random and put through the real command line."""

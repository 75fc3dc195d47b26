"""Bad input: files of every kind that the program reads, damaged at random and put through the real command line."""

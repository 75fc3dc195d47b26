"""Other programs, each making the same brochure as ours, so that speed, memory and size can be set beside one another.

A file a program: `opened` takes the folder that `matter` made and gives a function that builds one edition of it. They are
for measuring only, are loaded by nothing in `brochure/`, and come with the extra `bench`.
"""

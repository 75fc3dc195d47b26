"""Records: mail-merge, one personalised brochure for each row of a table.

Takes a project and a table of people (CSV or a workbook); gives a brochure a record, as tasks of the matrix, or all of them
as one file whose shared pages stand in it once. Stands above the matrix, whose processes build the records that are files.
"""

"""Build many brochures of one project: in this process, in several, or on a Dask cluster.

What the brochures have in common is read once; a faulty one does not stop the others.
"""

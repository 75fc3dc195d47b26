"""The matrix: many brochures of one project, in this process, in several, or on other machines.

Takes an order (project, output condition, folder) and a list of tasks; gives the outcome of each as soon as it is done, with
its place in the list. What all have in common is read once, and one that is broken does not stop the others. Stands above
the pipeline, which makes one brochure at a time.
"""

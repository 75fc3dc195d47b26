"""Projects from InDesign files: reads IDML, writes a layout, its copy, its assets and a report of what was not taken.

IDML is a ZIP archive of XML files (Adobe, "IDML File Format Specification"). `package` reads it within limits, `document`
makes values of it, `project_files` turns these into a project, and `import_report` compares both.
"""

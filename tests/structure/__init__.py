"""The tagged screen edition: taken apart with pypdf, compared with the layout, judged by a validator."""

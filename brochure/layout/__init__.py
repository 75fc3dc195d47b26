"""Layout: flow an edition's content into frames and compose its pages."""

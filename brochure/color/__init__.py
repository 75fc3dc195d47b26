"""Colour: as the designer wrote it (`swatch`), as a press makes it (`condition`), and the way between (`convert`)."""

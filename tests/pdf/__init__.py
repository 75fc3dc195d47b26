"""The plate: operators, pictures, fonts and colours."""

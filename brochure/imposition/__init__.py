"""Press: placed pages onto sheets, and the conditions that an output must meet."""

"""The copy workspace: what localization staff ask of a brochure, answered in their own terms."""

"""Compare two brochures, and list the approvals of all editions of one."""

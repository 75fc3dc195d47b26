"""The copy workspace: catalogues begun, brought up to date and judged; room, origins, pseudo-editions, pictures of overflow."""

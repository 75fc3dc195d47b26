"""Nothing is lost: builds that are killed, disks that are full, caches that are shared."""

"""The memory: who did, opened, searched, exported or was refused what, and when; append-only and chained by hash."""

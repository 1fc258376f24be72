"""The consumer's store: SQLite or PostgreSQL, the same tables on both."""

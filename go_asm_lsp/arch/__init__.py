"""Facts about each GOARCH."""

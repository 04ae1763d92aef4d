"""What people keep by hand in sources.yaml beside the sources."""

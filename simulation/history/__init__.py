"""Readers: whatever log a hall has, read into one plain value, with every dirty row counted by kind."""

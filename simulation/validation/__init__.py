"""Recorded days played again, and judged against what was recorded."""

"""Halls whose figures are known exactly, and whether the engines find them."""

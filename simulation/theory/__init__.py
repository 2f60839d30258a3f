"""Exact answers of queueing theory, each with its source: tests of the engines, and quick answers.

Rates and times share one unit of time: with arrivals per minute, waits are minutes.
"""

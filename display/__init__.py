"""What visitors look at: the hall display, and the page of the own ticket on a phone."""

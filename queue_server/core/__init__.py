"""The hall's rules: standard library only; no clock, no chance, no input or output."""

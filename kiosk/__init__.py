"""The kiosk: a small page server beside the touch screen and the printer; a client of the public API like any other."""

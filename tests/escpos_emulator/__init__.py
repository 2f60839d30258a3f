"""An ESC/POS printer on a loopback port: every byte becomes paper, an unknown byte is an error."""

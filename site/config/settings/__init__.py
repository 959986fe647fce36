"""Settings by environment: base (secure defaults), dev, demo, test, production."""

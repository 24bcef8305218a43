"""What the pages of a hub show."""

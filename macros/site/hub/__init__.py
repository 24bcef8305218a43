"""The site of a hub: other pages from the same package, theme and events."""

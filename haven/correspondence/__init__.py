"""Words outward: messages to and from the person who reported."""

"""Photos, recordings and documents: sealed, hashed, original kept, copies shown."""

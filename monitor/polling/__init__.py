"""One poll of one feed, its documents, what it leaves in the store; push by hubs as an extra way in."""

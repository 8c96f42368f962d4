"""What payments say about pledges."""

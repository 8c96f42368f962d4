"""What people share, for which purposes, and what is released of it: never a figure over fewer than k of them."""

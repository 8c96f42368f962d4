"""Who may read data that is not open: requests, agreements, grants, and the check at each read."""

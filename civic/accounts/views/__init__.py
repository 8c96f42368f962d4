"""Pages of people, residency and organisations; one part of the site a file."""

"""What people have built with data: apps, maps, articles, research; shown once a data steward has looked."""

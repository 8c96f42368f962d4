"""What holds for the whole site: access by everybody to everything, links, input, journeys."""

"""What this slice shows on the pages of projects, of calls and of a person."""

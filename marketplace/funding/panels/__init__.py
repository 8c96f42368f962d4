"""What this slice shows on the pages of others."""

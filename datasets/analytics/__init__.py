"""Questions about published data: queries, charts, exports and saved queries, for whoever may read the rows."""

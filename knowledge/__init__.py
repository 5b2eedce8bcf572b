"""What we claim: data files with sources, and the records they load into."""

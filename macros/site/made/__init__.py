"""The pages that are made for each project, and what is made with them, by one writer or by several processes."""

"""The doors: HTTP, chat page, embedding, terminal. They parse, call and render."""

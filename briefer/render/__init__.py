"""A Briefing becomes a text: for the terminal, as Markdown, as JSON. No word of a source ever becomes markup."""

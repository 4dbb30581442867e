"""Prompt files: a header and a template each. In: a folder. Out: rendered prompts."""

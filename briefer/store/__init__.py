"""The store: what outlives a run. A file of SQLite in the user's data folder, or a database by URL."""

from briefer.store.opening import Store, default_file, open_store

__all__ = ["Store", "default_file", "open_store"]

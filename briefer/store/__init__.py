"""The store: what is kept from run to run."""

"""Delivering: a rendered edition in, messages and receipts out."""

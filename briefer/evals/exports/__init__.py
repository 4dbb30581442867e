"""Exports: a result and the cases it is of in; a folder of files that another eval tool reads out."""

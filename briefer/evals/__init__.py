"""Measures of the parts against what people have labelled by hand.

`labelled` reads the days of evals/lies, `lies` has a checker judge their claims, `baselines` are the simple measures
that it is held against, `measures` the figures, `report` puts them together and `tables` shows them.
"""

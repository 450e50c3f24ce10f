"""A second reader, learned from labelled articles: whose event it is, and how sure the answer is.

reading of the rules → scene (places, figures, times as found) → for each mention: the places it may belong to, each
with a probability → its region, changed where the second reader is sure of another → confidence

Weights are data (`data/learned_*.json`), made by `tools/train`; scoring is sums of products.
"""

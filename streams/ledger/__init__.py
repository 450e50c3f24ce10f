"""The ledger: which mentions tell of the same happening, and what each region has of each kind of money.

The only durable state is what is *held*: for each (owner, article) the latest `Mentions` record. All else is a pure
function of the set held, so neither the order of arrival, nor repeats, nor batches can matter:

    held records ─▶ nodes (node.py: a mention with what is compared, ready)
                 ─▶ components of could-be-the-same (neighbours.py finds candidates, same.py compares)
                 ─▶ stories (story.py splits a component)
                 ─▶ events (best.py) and day sums (windows.py) ─▶ totals

`book.py` keeps all this for one owner and changes only the neighbourhood that a record touches; `fold.py` does it once
for a whole set of records over all owners; `national.py` adds the provinces up.
"""

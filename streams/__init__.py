"""How news becomes investment events and totals. The line, as pseudocode:

    feeds/     every feed, when due:       fetch → decode → parse → identify → RawArticle      ⇒ raw-articles
    classify/  RawArticle:                 is it about regional investment?                    ⇒ relevant-articles
    extract/   RelevantArticle:            find places, amounts, days → Mention → by owner     ⇒ mentions
    ledger/    Mentions of one owner:      replace what the article said before → which
                                           happening is it? → Event, sums of each window       ⇒ typed topics,
                                                                                                 region-totals
               rows of the provinces:      add the homes → the row CN                          ⇒ region-totals
    alerts/    Event:                      does a rule fire, for the first time?               ⇒ alerts
    web/       all of these:               fold into a view → board, API, live updates

Forward only. Each step is a pure core (functions over plain data: no Kafka, no clock, no disk) and a thin agent around
it; every agent runs inside `guard.py`. Rooms never import each other: `schemas/` is what they share and `app.py` is
where they meet. `offline.py` runs the same cores without Kafka and is the oracle of the tests.
"""

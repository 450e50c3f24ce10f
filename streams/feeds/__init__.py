"""From feeds to `raw-articles`. One poll, as pseudocode (`poll.py`):

    gate.turn(host)                         one request a host at a time, a gap between two     gate.py
      fetcher.fetch(url, validators)        conditional, limited, to public addresses only      fetcher.py network.py
                                                                                                inflate.py
    304, or the same bytes?                 nothing is parsed, nothing is sent
    readers.parse(bytes)                    in a process of its own, with a deadline            readers.py
      decode → prepare → feedparser → Entry                                                     decoding.py markup.py
                                                                                                parser.py plain.py
      or decode → html → selectors → Entry  for a list page                                     html.py page_list.py
    find_changes(feed, state, entries)      who is who, what is new, what is revised            articles.py
                                                                                                identity.py dates.py
    pages.complete(articles)                their linked pages, where the feed has summaries    fulltext.py robots.py
                                                                                                article_page.py
    sink.publish(articles, dead letters)    acknowledged                                        sink.py
    sink.save(state)                        only then: a crash repeats, it never loses          states.py
    when is it due again?                                                                       schedule.py

`rota.py` has the feeds of one poller and starts polls when they are due; `sharing.py` divides the feeds among pollers;
`watch.py` reads the feeds file again; `poller.py` is the process. `check.py`, `listing.py` and `edit.py` are behind
`dealwire feeds`. Pure modules: schedule, identity, articles, dates, month_names, decoding, markup, html, plain, hints,
parser, page_list, selectors, article_page, next_page, robots_txt, links, network, inflate, edit, feeds_file (but for
`load_feeds`), states, sharing's `owner_of`.
"""

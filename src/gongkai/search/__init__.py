"""Search over what is public: one interface, two databases, the same pairs of characters.

What other rooms use:

* ``gongkai.search.api.find(query, filters=…, sort=…, page_size=…, cursor=…)`` gives ``results.Results``;
* ``gongkai.search.api.matching(body, text)`` gives documents that may already be what somebody asks for;
* ``gongkai.search.api.suggest(prefix)`` gives words and titles for what is being typed;
* ``gongkai.search.acts`` keeps the index; ``apps.SearchConfig.ready`` has every public change told to it.

How it works and why: docs/search.md and docs/adr.
"""

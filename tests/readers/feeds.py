"""Reads a feed with feedparser: how many entries it has, and their ids, as JSON."""
import json
import sys

import feedparser

feed = feedparser.parse(sys.argv[1])
assert not feed.bozo, feed.get("bozo_exception")
for entry in feed.entries:
    assert entry.id and entry.link and entry.updated_parsed and entry.content[0].value, entry
print(json.dumps([entry.id for entry in feed.entries]))

"""How fast Haven is at any size: fills a database of its own, drives the real pages over HTTP, prints and keeps figures."""

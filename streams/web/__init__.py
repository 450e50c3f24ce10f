"""The board, the API and live updates, from the topics alone.

    topics ─▶ reader ─▶ view (a fold) ─▶ queries ─▶ routes ─▶ people and programs
                          └─▶ live (what changed) ─▶ Server-Sent Events

`view`, `newest`, `queries` and `answers` are pure; `reader` speaks Kafka, `routes` HTTP, `server` is the process.
"""

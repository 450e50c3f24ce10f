"""What travels between the rooms of dealwire: one file a contract. Imports nothing from `streams`.

`topics.py` is the one registry of topics; every model here is the value of a topic or a part of one.
All models refuse unknown fields, so that a misspelt key is an error and not a silence.
"""

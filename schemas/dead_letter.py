"""A message or entry that could not be processed, whole, with the reason."""

from pydantic import Field

from schemas.base import Contract, Moment


class DeadLetter(Contract):
    """The original bytes (base64 on the wire), where they came from, what went wrong and how often it was tried."""

    topic: str = Field(description="source topic; `feed` for an entry that never reached a topic")
    partition: int | None
    offset: int | None
    key: str | None = Field(description="base64")
    value: str | None = Field(description="base64 of the original bytes")
    stage: str
    reason: str = Field(description="bounded reason code: decode, invalid, failed, identity, encoding, ...")
    error: str
    attempts: int
    version: str
    at: Moment

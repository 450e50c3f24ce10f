import asyncio
import json
import os

from aiokafka import AIOKafkaConsumer


async def main(brokers: str) -> None:
    async with AIOKafkaConsumer("signings", bootstrap_servers=brokers, auto_offset_reset="earliest") as signings:
        async for message in signings:
            event = json.loads(message.value)
            print(event["status"], event["day"], *event["regions"], event["amount"], event["evidence"], flush=True)


asyncio.run(main(os.environ.get("DEALWIRE_KAFKA_BROKERS", "127.0.0.1:9092")))

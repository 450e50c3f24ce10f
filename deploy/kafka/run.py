"""Apache Kafka for people and for tests: one KRaft node on loopback, jars from Maven Central, data in a temp folder.

    run.py                      on 127.0.0.1:9092 until Ctrl-C
    run.py -- COMMAND …         on a free port, while the command runs; its exit code is the command's
    run.py --port 9092 -- …     on that port

The command finds the address in KAFKA_BROKERS and DEALWIRE_KAFKA_BROKERS. Needs Java 17 or later, and Maven the first
time: the jars stay in .kafka/. Standard library only.
"""

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NoReturn

HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("KAFKA_CACHE", HERE.parent.parent / ".kafka"))
POM = HERE / "pom.xml"
MEMORY = "-Xmx512m"
CLUSTER = "ZGVhbHdpcmUta2Fma2EtMQ"  # an id is 16 bytes in base64; these spell dealwire-kafka-1
START_DEADLINE = 60.0
STOP_DEADLINE = 15.0

PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{advertised}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs={data}
auto.create.topics.enable=false
num.partitions=4
offsets.topic.num.partitions=4
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
"""

LOGGING = """\
<Configuration status="ERROR">
  <Appenders><Console name="out" target="SYSTEM_OUT"><PatternLayout pattern="%d %p %c{1}: %m%n"/></Console></Appenders>
  <Loggers><Root level="WARN"><AppenderRef ref="out"/></Root></Loggers>
</Configuration>
"""


class Stop(Exception):
    """One line for the person at the terminal."""


def main() -> int:
    """Run the broker, and the command if there is one."""
    parser = argparse.ArgumentParser(prog="deploy/kafka/run.py", description="Apache Kafka, one node on loopback.")
    parser.add_argument("--port", type=int, help="port of the broker; 9092, or a free one when there is a command")
    parser.add_argument("command", nargs=argparse.REMAINDER, metavar="-- COMMAND …")
    options = parser.parse_args()
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        java = find_java()
        jars = fetch_jars()
        port = options.port if options.port is not None else (free_port() if command else 9092)
        return run(java, jars, port, command)
    except Stop as stop:
        print(f"kafka: {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def find_java() -> str:
    """The java to run. Raises Stop when there is none, or one that is too old."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if java is None or not Path(java).exists():
        raise Stop("Java 17 or later is needed, and no java was found; install one or set JAVA_HOME")
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    match = re.search(r'version "(\d+)', said)
    if match is None or int(match[1]) < 17:
        raise Stop(f"Java 17 or later is needed; {java} is {said.splitlines()[0] if said else 'not a Java'}")
    return java


def fetch_jars() -> Path:
    """The folder with Kafka's jars, fetched once for each state of pom.xml. Raises Stop."""
    jars, stamp = CACHE / "jars", CACHE / "pom.xml"
    if stamp.is_file() and stamp.read_bytes() == POM.read_bytes() and any(jars.glob("kafka_*.jar")):
        return jars
    maven = shutil.which("mvn")
    if maven is None:
        raise Stop("Maven is needed to fetch Apache Kafka the first time, and no mvn was found; install Maven")
    print("kafka: fetching Apache Kafka from Maven Central (54 MB, once)", file=sys.stderr)
    shutil.rmtree(jars, ignore_errors=True)
    command = [
        maven,
        "-q",
        "-B",
        "-f",
        str(POM),
        "dependency:copy-dependencies",
        f"-DoutputDirectory={jars}",
        "-DincludeScope=runtime",
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0 or not any(jars.glob("kafka_*.jar")):
        errors = [line for line in done.stdout.splitlines() if "ERROR" in line] or [f"exit code {done.returncode}"]
        raise Stop(f"Maven could not fetch Apache Kafka: {errors[0]}")
    stamp.write_bytes(POM.read_bytes())
    return jars


class Node:
    """A broker whose log stays in `folder` while it is stopped and started again.

    `advertised` is the port that clients are told to come to: that of a proxy, when there is one.
    """

    def __init__(self, java: str, jars: Path, folder: Path, port: int, advertised: int | None = None) -> None:
        self.port, self.log = port, folder / "kafka.log"
        self._properties = folder / "server.properties"
        self._properties.write_text(
            PROPERTIES.format(port=port, advertised=advertised or port, controller=free_port(), data=folder / "data")
        )
        (folder / "log4j2.xml").write_text(LOGGING)
        self._prefix = [java, MEMORY, "-cp", f"{jars}/*", f"-Dlog4j2.configurationFile={folder / 'log4j2.xml'}"]
        self.process: subprocess.Popen[bytes] | None = None

    def format(self) -> None:
        """Make the storage, once. Raises Stop."""
        tool = ["kafka.tools.StorageTool", "format", "--cluster-id", CLUSTER, "--config", str(self._properties)]
        formatted = subprocess.run([*self._prefix, *tool], capture_output=True, text=True, check=False)
        if formatted.returncode != 0:
            raise Stop(f"the storage could not be formatted: {(formatted.stderr or formatted.stdout).strip()[-300:]}")

    def start(self) -> "subprocess.Popen[bytes]":
        """Start, and return when it answers. Raises Stop."""
        with self.log.open("ab") as log:
            # A group of its own: Ctrl-C goes to us, and we stop it after the command.
            self.process = subprocess.Popen(
                [*self._prefix, "kafka.Kafka", str(self._properties)], stdout=log, stderr=log, start_new_session=True
            )
        wait_until_up(self.process, self.port, self.log)
        return self.process

    def stop(self) -> None:
        """Stop it, if it runs."""
        if self.process is not None:
            stop(self.process)


def run(java: str, jars: Path, port: int, command: list[str]) -> int:
    """Format, start, wait until it answers, run the command, stop. The exit code."""
    with tempfile.TemporaryDirectory(prefix="dealwire-kafka-") as folder:
        node = Node(java, jars, Path(folder), port)
        node.format()
        try:
            return with_broker(node.start(), f"127.0.0.1:{port}", command)
        finally:
            node.stop()


def with_broker(broker: "subprocess.Popen[bytes]", address: str, command: list[str]) -> int:
    """Run the command against the broker; without one, wait for Ctrl-C."""
    print(f"kafka: Apache Kafka 4.1.1 at {address}", file=sys.stderr, flush=True)
    if not command:
        print("kafka: Ctrl-C stops it; nothing is kept", file=sys.stderr, flush=True)
        try:
            broker.wait()
        except KeyboardInterrupt:
            return 0
        raise Stop("the broker ended by itself")
    environ = os.environ | {"KAFKA_BROKERS": address, "DEALWIRE_KAFKA_BROKERS": address}
    try:
        child = subprocess.Popen(command, env=environ)
    except OSError as error:
        raise Stop(f"{command[0]}: {error.strerror}") from error
    try:
        return child.wait()
    except KeyboardInterrupt:
        child.send_signal(signal.SIGTERM)  # on Ctrl-C it has also had its own SIGINT
        stop(child)
        raise


def wait_until_up(broker: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Return when the port accepts connections. Raises Stop."""
    deadline = time.monotonic() + START_DEADLINE
    while time.monotonic() < deadline:
        if broker.poll() is not None:
            lines = [
                line for line in log.read_text(errors="replace").splitlines() if "Exception" in line or "ERROR" in line
            ]
            raise Stop(f"the broker ended at once: {lines[-1] if lines else f'exit code {broker.returncode}'}")
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise Stop(f"the broker was not up within {START_DEADLINE:g} s")


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End the process: asked first, then killed."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_DEADLINE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A loopback port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _interrupt(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())

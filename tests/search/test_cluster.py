"""Three real nodes, of which the elected master is killed: no search fails, no document is lost."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from search.engines import Ask, Changes, EngineDownError
from search.engines.elasticsearch_engine import ElasticsearchEngine
from tests.conftest import needs_server
from tests.search.conftest import PATIENT, doc

NODE = Path(__file__).resolve().parents[1] / "elasticsearch" / "node.sh"
NAMES = ("n1", "n2", "n3")
JAVA = "-Xms384m -Xmx384m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"  # half the work to start
STARTED_WITHIN = 180  # seconds
NAME = "prachakhom"
ROAD = Ask({"ถนน": 1.0}, limit=20, facets=("kind",))


def free_ports(number: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [server.getsockname()[1] for server in held]
    for server in held:
        server.close()
    return ports


class Cluster:
    def __init__(self, parts: Path, home: Path) -> None:
        (home / parts.name).symlink_to(parts)
        ports = free_ports(2 * len(NAMES))
        http, transport = ports[::2], ports[1::2]
        hosts = ", ".join(f'"127.0.0.1:{port}"' for port in transport)
        lines = [
            f"discovery.seed_hosts: [{hosts}]",
            f"cluster.initial_master_nodes: [{', '.join(NAMES)}]",
            "cluster.routing.allocation.disk.threshold_enabled: false",
        ]
        heap = {**os.environ, "ELASTICSEARCH_JAVA_OPTS": JAVA}
        self.urls = [f"http://127.0.0.1:{port}" for port in http]
        self.nodes = {}
        for name, *its_ports in zip(NAMES, http, transport, strict=True):
            with (home / f"{name}.log").open("w") as log:
                command = [str(NODE), str(home), *map(str, its_ports), name, *lines]
                self.nodes[name] = subprocess.Popen(command, stdout=log, stderr=log, env=heap)

    def wait(self) -> None:
        client = Elasticsearch(self.urls, request_timeout=5)
        end = time.monotonic() + STARTED_WITHIN
        while time.monotonic() < end:
            try:
                health = client.cluster.health()
                if (health["number_of_nodes"], health["status"]) == (len(NAMES), "green"):
                    return
            except (ApiError, TransportError):
                time.sleep(0.5)
        pytest.fail("The three nodes did not find each other.")

    def master(self) -> str:
        state = Elasticsearch(self.urls).cluster.state(metric="master_node,nodes")
        return state["nodes"][state["master_node"]]["name"]

    def stop(self) -> None:
        for process in self.nodes.values():
            process.kill()
            process.wait(10)


@pytest.fixture
def cluster(tmp_path):
    folder = Path(os.environ.get("ELASTICSEARCH_DIR", "/nowhere"))
    parts = next((path.parent for path in folder.glob("dist-*/complete")), None)
    if parts is None:
        needs_server("ELASTICSEARCH_DIR holds no parts of a node (scripts/start_elasticsearch.sh)")
    made = Cluster(parts, tmp_path)
    try:
        made.wait()
        yield made
    finally:
        made.stop()


class Readers:
    """Searches and writes until it is told to stop."""

    def __init__(self, urls: list[str], documents: int) -> None:
        self.urls, self.documents = urls, documents
        self.stop = threading.Event()
        self.failed: list[str] = []
        self.searches, self.longest = 0, 0.0
        self.written: set[str] = set()
        self.threads = [threading.Thread(target=self.read), threading.Thread(target=self.write)]

    def read(self) -> None:
        engine = ElasticsearchEngine(self.urls, NAME, seconds=PATIENT)
        while not self.stop.is_set():
            started = time.monotonic()
            try:
                if engine.search(ROAD).total < self.documents:
                    self.failed.append("documents are missing")
            except EngineDownError as error:
                self.failed.append(str(error))
            self.searches += 1
            self.longest = max(self.longest, time.monotonic() - started)
            time.sleep(0.02)

    def write(self) -> None:
        """As the queue does: what was refused is tried again."""
        engine = ElasticsearchEngine(self.urls, NAME)
        engine.writing.pause = 0.2
        while not self.stop.is_set():
            key = f"w{len(self.written)}"
            try:
                engine.apply(partial(Changes, [doc(key, "ถนน")]))
            except EngineDownError:
                time.sleep(0.2)
            else:
                self.written.add(key)
                time.sleep(0.05)

    def go_on(self, searches: int, documents: int) -> None:
        """Until so many more were searched and written, or far too much time has gone."""
        searches, documents, end = (
            self.searches + searches,
            len(self.written) + documents,
            time.monotonic() + 60,
        )
        while time.monotonic() < end and (self.searches < searches or len(self.written) < documents):
            time.sleep(0.1)
        assert self.searches >= searches
        assert len(self.written) >= documents


def test_the_elected_master_is_killed_and_nobody_notices(cluster):
    engine = ElasticsearchEngine(cluster.urls, NAME, shards=2, seconds=PATIENT)
    expected = {f"d{i}" for i in range(300)}
    engine.rebuild(doc(key, "ถนน", "สะพาน " * 50) for key in expected)
    assert engine.status().detail == "green, 3 nodes"
    readers = Readers(cluster.urls, len(expected))
    for thread in readers.threads:
        thread.start()
    try:
        readers.go_on(searches=10, documents=3)
        cluster.nodes[cluster.master()].kill()
        readers.go_on(searches=100, documents=10)  # another master is elected and writes go on
    finally:
        readers.stop.set()
        for thread in readers.threads:
            thread.join()
    assert readers.failed == []
    assert engine.keys() == expected | readers.written
    print(f"{readers.searches} searches, the longest {readers.longest:.2f} s; {len(readers.written)} written")

"""What goes wrong with the folder of the embedded engine, done for real: killed processes, a full disk, lost files."""

from __future__ import annotations

import multiprocessing
import resource
import shutil
import signal
import threading
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess as Process
from pathlib import Path

import pytest

from search.engines import Ask, Changes, EngineBusyError, EngineDownError, IndexMissingError, tantivy_engine
from search.engines.tantivy_engine import TantivyEngine
from tests.search.conftest import doc

FORK = multiprocessing.get_context("fork")


def another_process(work: Callable[[Connection], None]) -> tuple[Process, Connection]:
    """A process of its own, and a wire to it."""
    ours, theirs = FORK.Pipe()
    process = FORK.Process(target=work, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def kill(process: Process) -> None:
    process.kill()
    process.join(10)
    assert process.exitcode == -signal.SIGKILL


def folders(path: Path) -> list[str]:
    return [entry.name for entry in path.iterdir() if entry.is_dir()]


# --- several writers ---------------------------------------------------------------------------------------


def test_two_processes_that_write_at_once_lose_nothing(tmp_path):
    TantivyEngine(tmp_path).rebuild([])

    def write(name: str, _wire: Connection) -> None:
        engine = TantivyEngine(tmp_path, wait=30)
        for i in range(10):
            engine.apply(partial(Changes, [doc(f"{name}{i}", "ถนน")]))

    writers = [another_process(partial(write, name))[0] for name in "xy"]
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert TantivyEngine(tmp_path).keys() == {f"{name}{i}" for name in "xy" for i in range(10)}


def test_several_writers_at_once_lose_nothing(tmp_path):
    TantivyEngine(tmp_path).rebuild([])
    threads = [
        threading.Thread(
            target=TantivyEngine(tmp_path, wait=20).apply,
            args=(partial(Changes, [doc(str(i), "ถนน")]),),
        )
        for i in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert TantivyEngine(tmp_path).keys() == {str(i) for i in range(6)}


def test_a_second_writer_waits_and_then_gives_up_with_a_clear_error(tmp_path):
    first, second = TantivyEngine(tmp_path), TantivyEngine(tmp_path, wait=0.1)
    first.rebuild([])
    with first._alone(), pytest.raises(EngineBusyError):
        second.apply(lambda: Changes([doc("a", "ถนน")]))
    second.apply(lambda: Changes([doc("a", "ถนน")]))
    assert first.keys() == {"a"}


def test_a_change_during_a_rebuild_waits_and_is_not_lost(tmp_path):
    engine = TantivyEngine(tmp_path, wait=0.1)
    engine.rebuild([doc("a", "ถนน")])

    def documents():
        yield doc("a", "ถนน")
        with pytest.raises(EngineBusyError):
            TantivyEngine(tmp_path, wait=0.1).apply(lambda: Changes(gone=["a"]))
        assert engine.keys() == {"a"}

    engine.rebuild(documents())
    engine.apply(lambda: Changes(gone=["a"]))
    assert engine.keys() == set()


def test_other_processes_see_changes_and_rebuilds(tmp_path):
    web, worker = TantivyEngine(tmp_path), TantivyEngine(tmp_path)
    worker.rebuild([doc("a", "ถนน")])
    assert web.keys() == {"a"}
    worker.apply(lambda: Changes([doc("b", "ถนน")]))
    assert web.keys() == {"a", "b"}
    worker.rebuild([doc("c", "ถนน")])
    assert web.keys() == {"c"}
    assert len(folders(tmp_path)) == 1


def test_readers_never_miss_while_the_index_is_rebuilt(tmp_path):
    engine, reader = TantivyEngine(tmp_path), TantivyEngine(tmp_path)
    engine.rebuild([doc("a", "ถนน")])
    stop, wrong = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            try:
                if reader.search(Ask({"ถนน": 1.0})).total != 1:
                    wrong.append("empty")
            except EngineDownError as error:
                wrong.append(str(error))

    thread = threading.Thread(target=read)
    thread.start()
    for _ in range(10):
        engine.rebuild([doc("a", "ถนน")])
    stop.set()
    thread.join()
    assert wrong == []


# --- killed ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", ["before the commit", "in the commit"])
def test_a_writer_killed_in_the_middle_leaves_the_index_whole_and_no_lock(tmp_path, moment):
    engine = TantivyEngine(tmp_path, wait=5)
    engine.rebuild([doc("a", "ถนน")])
    folder = tmp_path / engine._current()
    before = len(list(folder.iterdir()))

    def write(wire: Connection) -> None:
        def read() -> Changes:
            wire.send("in")
            if moment == "before the commit":
                wire.recv()  # for ever
            return Changes([doc(str(i), "สะพาน " * 2000) for i in range(1000)])

        TantivyEngine(tmp_path).apply(read)

    killed, wire = another_process(write)
    assert wire.recv() == "in"
    while moment == "in the commit" and len(list(folder.iterdir())) <= before + 1:
        assert killed.is_alive()
    kill(killed)
    assert TantivyEngine(tmp_path).keys() == {"a"}
    engine.apply(lambda: Changes([doc("b", "ถนน")]))
    assert engine.keys() == {"a", "b"}


def test_what_a_killed_rebuild_left_is_removed_by_the_next(tmp_path):
    engine = TantivyEngine(tmp_path, wait=5)
    engine.rebuild([doc("a", "ถนน")])

    def rebuild(wire: Connection) -> None:
        def documents():
            yield doc("b", "สะพาน")
            wire.send("in")
            wire.recv()  # for ever

        TantivyEngine(tmp_path).rebuild(documents())

    killed, wire = another_process(rebuild)
    assert wire.recv() == "in"
    kill(killed)
    assert engine.keys() == {"a"}
    assert len(folders(tmp_path)) == 2
    engine.rebuild([doc("c", "ถนน")])
    assert engine.keys() == {"c"}
    assert len(folders(tmp_path)) == 1


# --- full disk ---------------------------------------------------------------------------------------------


def many():
    return (doc(str(i), "", " ".join(str(j * (i + 7)) for j in range(400))) for i in range(1000))


@pytest.mark.parametrize("kind", ["rebuild", "change"])
def test_a_full_disk_leaves_the_old_index_and_nothing_half_written(tmp_path, kind):
    """A limit on the size of files says what a full disk says: the write fails."""
    engine = TantivyEngine(tmp_path)
    engine.rebuild([doc("a", "ถนน")])

    def write(wire: Connection) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        full = TantivyEngine(tmp_path)
        try:
            full.rebuild(many()) if kind == "rebuild" else full.apply(lambda: Changes(list(many())))
        except EngineDownError:
            wire.send("down")

    process, wire = another_process(write)
    assert wire.recv() == "down"
    process.join(10)
    assert engine.keys() == {"a"}
    assert len(folders(tmp_path)) == 1
    engine.apply(lambda: Changes([doc("b", "ถนน")]))
    assert TantivyEngine(tmp_path).keys() == {"a", "b"}


# --- lost, damaged, of another version ---------------------------------------------------------------------


def lose_folder(path: Path) -> None:
    shutil.rmtree(path)


def lose_index(path: Path) -> None:
    for folder in path.glob("v*"):
        shutil.rmtree(folder)


def break_meta(path: Path) -> None:
    for file in path.glob("v*/meta.json"):
        file.write_text("{broken")


def lose_a_segment(path: Path) -> None:
    for file in path.glob("v*/*.store"):
        file.unlink()


def cut_a_segment(path: Path) -> None:
    for file in path.glob("v*/*.store"):
        file.write_bytes(file.read_bytes()[:20])


def empty_pointer(path: Path) -> None:
    (path / "current").write_text("")


def make_old(path: Path) -> None:
    [folder] = path.glob("v*")
    folder.rename(path / "v1-aaaaaaaaaaaa")
    (path / "current").write_text("v1-aaaaaaaaaaaa")


@pytest.mark.parametrize(
    "spoil",
    [lose_folder, lose_index, break_meta, lose_a_segment, cut_a_segment, empty_pointer, make_old],
)
def test_a_spoilt_index_is_told_and_mended_by_a_rebuild(tmp_path, spoil):
    folder = tmp_path / "index"
    TantivyEngine(folder).rebuild([doc("a", "ถนน")])
    spoil(folder)
    told = []
    engine = TantivyEngine(folder, on_missing=lambda: told.append(1))
    with pytest.raises(IndexMissingError):
        engine.search(Ask({"ถนน": 1.0}))
    assert told
    assert not engine.is_ready()
    assert engine.status().detail
    engine.rebuild([doc("a", "ถนน")])
    assert engine.is_ready()
    assert len(folders(folder)) == 1


def test_a_folder_that_goes_while_it_is_open_is_noticed(tmp_path):
    folder, told = tmp_path / "index", []
    engine = TantivyEngine(folder, on_missing=lambda: told.append(1))
    engine.rebuild([doc("a", "ถนน")])
    assert engine.keys() == {"a"}
    shutil.rmtree(folder)
    assert not engine.is_ready()
    assert told


def test_an_index_of_a_coming_version_is_not_opened(tmp_path, monkeypatch):
    TantivyEngine(tmp_path).rebuild([doc("a", "ถนน")])
    monkeypatch.setattr(tantivy_engine, "PREFIX", "v999-")
    engine = TantivyEngine(tmp_path)
    assert "found v" in engine.status().detail
    engine.rebuild([doc("a", "ถนน")])
    assert [name[:5] for name in folders(tmp_path)] == ["v999-"]

"""Shows that no line is lost or doubled when an executor dies: two executors on this machine, one of them killed in the middle.

    python prove.py [--exchanges 1000000] [--dir DIR]
"""
import argparse
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def exchanges():
    """Those of the project's fixtures, over and over."""
    found = []
    for path in sorted((ROOT / "fixtures" / "training").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            given = json.loads(line)
            found.append((given["complaint"], given["reply"]))
    while True:
        yield from found


def write(path, count):
    with open(path, "w", encoding="utf-8") as out:
        for id, (message, reply) in zip(range(count), exchanges()):
            out.write(json.dumps({"id": str(id), "message": message, "reply": reply}, ensure_ascii=False) + "\n")


def executors(parent):
    """The executors' JVMs among the descendants of a process, by their process ids."""
    children = {}
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            children.setdefault(int(stat.read_text().rsplit(")", 1)[1].split()[1]), []).append(int(stat.parent.name))
        except (OSError, IndexError):
            pass
    out, ways = [], [parent]
    while ways:
        for pid in children.get(ways.pop(), []):
            ways.append(pid)
            try:
                if b"CoarseGrainedExecutorBackend" in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes():
                    out.append(pid)
            except OSError:
                pass
    return out


def check(output, count):
    """How often each id is there; the results that are errors."""
    times = bytearray(count)
    broken = 0
    for part in sorted(output.glob("part-*")):
        with open(part, encoding="utf-8") as lines:
            for line in lines:
                result = json.loads(line)
                times[int(result["id"])] += 1
                broken += "error" in result
    return times.count(0), sum(n > 1 for n in times), broken


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--exchanges", type=int, default=1_000_000)
    options.add_argument("--partitions", type=int, default=64)
    options.add_argument("--dir", help="where to work (default: a folder of its own, removed at the end)")
    given = options.parse_args()
    work = pathlib.Path(given.dir or tempfile.mkdtemp(prefix="savy-spark-"))
    work.mkdir(parents=True, exist_ok=True)
    source, output = work / "exchanges.jsonl", work / "results"
    shutil.rmtree(output, ignore_errors=True)
    write(source, given.exchanges)
    print(f"{given.exchanges} exchanges, {source.stat().st_size / 1e6:.0f} MB, {given.partitions} partitions", flush=True)

    savy = f"node {ROOT / 'bin' / 'savy.js'} stream --no-config"
    submit = [shutil.which("spark-submit", path=os.path.dirname(sys.executable)) or "spark-submit"]
    conf = {"spark.ui.enabled": "false", "spark.executor.memory": "640m", "spark.task.maxFailures": "4"}
    command = [*submit, "--master", "local-cluster[2,1,1024]", *(w for k, v in conf.items() for w in ("--conf", f"{k}={v}")), str(HERE / "lint.py"), "--savy", savy, "--partitions", str(given.partitions), str(source), str(output)]
    began = time.monotonic()
    with open(work / "spark.log", "wb") as log:
        job = subprocess.Popen(command, stdout=log, stderr=log, cwd=work, env={**os.environ, "PYSPARK_PYTHON": sys.executable})
    killed = None
    while job.poll() is None:
        time.sleep(1)
        done = len(list(output.glob("_temporary/0/task_*")))
        running = executors(job.pid) if killed is None and done * 3 >= given.partitions else []
        if len(running) >= 2:
            killed = running[0]
            os.kill(killed, signal.SIGKILL)
            print(f"{time.monotonic() - began:.0f} s: {done} of {given.partitions} partitions done; executor {killed} of {running} killed", flush=True)
    took = time.monotonic() - began
    print(f"{took:.0f} s: spark-submit ended with {job.returncode}: {given.exchanges / took:.0f} exchanges a second")
    if job.returncode != 0:
        print(f"see {work / 'spark.log'}", file=sys.stderr)
        return 1
    lost, doubled, broken = check(output, given.exchanges)
    print(f"{given.exchanges} ids: {lost} lost, {doubled} doubled, {broken} with an error; executor killed: {'yes' if killed else 'no'}")
    if given.dir is None:
        shutil.rmtree(work)
    return 0 if killed and lost == doubled == broken == 0 else 1


if __name__ == "__main__":
    sys.exit(main())

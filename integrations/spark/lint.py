"""savy over an archive, under Apache Spark: one JSON exchange a line in, one result a line out.

    spark-submit lint.py [--savy COMMAND] [--partitions N] INPUT OUTPUT

Each partition runs one `savy stream` from its first line to its last. A partition whose savy dies, or answers fewer lines than it was asked,
fails and is run again by Spark; the committed output of a partition comes from one run that answered every line.
"""
import argparse
import shlex
import subprocess
import sys
import threading

# No finding and broken lines are both results; anything else means that savy did not get to its end.
ENDED = (0, 2)


def linted(lines, command):
    """Results of the lines, in order: what `mapPartitions` calls. Blank lines have none."""
    savy = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    asked = 0

    def feed():
        nonlocal asked
        try:
            for line in lines:
                if line.strip():
                    # A line break within a line is none of JSON's.
                    savy.stdin.write(line.replace("\n", " ").replace("\r", " ").encode("utf-8") + b"\n")
                    asked += 1
            savy.stdin.close()
        except BrokenPipeError:
            pass  # savy has died: told below

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    answered = 0
    try:
        for result in savy.stdout:
            answered += 1
            yield result.decode("utf-8").rstrip("\n")
        feeder.join()
        code = savy.wait()
        if code not in ENDED or answered != asked:
            raise RuntimeError(f"savy ended with {code} after {answered} of {asked} lines")
    finally:
        savy.kill()


def main():
    options = argparse.ArgumentParser(description="Runs savy stream over files of JSON lines.")
    options.add_argument("--savy", default="savy stream --no-config", help="the command, found on every executor (default: %(default)s)")
    options.add_argument("--partitions", type=int, default=0, help="at least so many (default: one for each block of the input)")
    options.add_argument("input")
    options.add_argument("output")
    given = options.parse_args()
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.appName("savy").getOrCreate()
    command = shlex.split(given.savy)
    lines = spark.sparkContext.textFile(given.input, given.partitions or None)
    lines.mapPartitions(lambda part: linted(part, command)).saveAsTextFile(given.output)
    spark.stop()


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Cluster places with scikit-learn's DBSCAN and print what it took, as JSON.

    cluster_with_scikit_learn.py POINTS.csv EPS MIN_POINTS ALGORITHM JOBS REPEAT MIB LABELS.csv

POINTS.csv has the columns row, x_m, y_m; LABELS.csv gets cluster and core of each row. Reading is not
counted. Beyond MIB of address space it gives up, rather than the machine.
"""
import json
import resource
import statistics
import sys
import time

import numpy
import sklearn
from sklearn.cluster import DBSCAN


def status_mib(key):
    with open("/proc/self/status", encoding="ascii") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith(key)) / 1024


def main():
    points, eps, min_points, algorithm, jobs, repeat, mib, out = sys.argv[1:]
    places = numpy.loadtxt(points, delimiter=",", skiprows=1, usecols=(1, 2), ndmin=2)
    limit = int(mib) << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    found = {"version": sklearn.__version__}
    seconds = []
    processors = []
    with open("/proc/self/clear_refs", "w", encoding="ascii") as peak:
        peak.write("5")
    found["held_before_mib"] = status_mib("VmRSS")
    try:
        while len(seconds) < int(repeat) and sum(seconds) < 20:
            began = time.perf_counter()
            processor = time.process_time()
            clusters = DBSCAN(eps=float(eps), min_samples=int(min_points), algorithm=algorithm,
                              n_jobs=int(jobs)).fit(places)
            seconds.append(time.perf_counter() - began)
            processors.append(time.process_time() - processor)
    except MemoryError:
        found["ended"] = f"out of memory ({mib} MiB)"
    found["peak_mib"] = status_mib("VmHWM")
    if "ended" not in found:
        found["seconds"] = statistics.median(seconds)
        found["processor_seconds"] = statistics.median(processors)
        core = numpy.zeros(len(places), dtype=int)
        core[clusters.core_sample_indices_] = 1
        numpy.savetxt(out, numpy.column_stack((clusters.labels_, core)), fmt="%d", delimiter=",",
                      header="cluster,core", comments="")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
